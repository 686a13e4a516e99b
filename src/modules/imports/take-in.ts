import { Failure, invalid } from '#core/failure.ts'
import { type BulkIncident, writeIncidents } from '#modules/incidents'
import type { Db } from '#platform/context.ts'
import type { Connections } from './connections.ts'
import type { ImportCounts } from './counts.ts'
import type { Export } from './export.ts'
import type { Field } from './field.ts'
import { isActivityLog, type Source } from './mapping.ts'
import { findTickets, hasTickets } from './known.ts'
import { type Names, namesOf } from './names.ts'
import type { Remarks } from './rejects.ts'
import { rowReader } from './row.ts'
import { openStaging, type Staging, TooManyRows } from './staging.ts'
import { newTicket, type Ticket, type TicketOptions, updatedTicket } from './ticket.ts'

/** What an export is taken into, and how. */
export interface TakeIn {
  readonly importId: string
  readonly customer: { readonly id: string; readonly timeZone: string }
  readonly source: Source
  /** Name of the system the tickets come from; the source's unless a mapping says otherwise. */
  readonly system: string
  readonly now: Date
  readonly dryRun: boolean
  readonly remarks: Remarks
  /** Called often; what it throws ends the import where it is. */
  readonly tick: (progress: Progress) => Promise<void> | void
}

export interface Progress {
  readonly phase: 'reading' | 'writing'
  /** Of the phase, from 0 to 1. */
  readonly share: number
  readonly counts: Omit<ImportCounts, 'seconds'>
}

/** Tickets looked up together. */
const CHUNK = 250
const CHUNK_ROWS = 5000
const CHUNK_CHARACTERS = 8 * 1024 ** 2
/** An attempt that met somebody who changed the same ticket is made again. */
const ATTEMPTS = 3

/** Takes an export in: its rows into the staging table, then ticket by ticket into the history. What is there is not taken again. */
export async function takeIn(
  db: Db,
  { staging: stagingClient, writing }: Connections,
  exported: Export,
  options: TakeIn,
): Promise<Omit<ImportCounts, 'seconds'>> {
  const { csv, detection } = exported
  const { customer, remarks, now, importId, dryRun } = options
  const staging = await openStaging(stagingClient)
  const tally = emptyTally()
  const counts = () => ({
    rows: tally.rows,
    ...tally.written,
    rejected: remarks.rejected(),
    leftOut: remarks.leftOut(),
    encoding: csv.encoding(),
    damaged: csv.damaged(),
  })
  await stage(exported, staging, options, { tally, counts })

  const { mapping } = detection
  const told = () =>
    options.tick({ phase: 'writing', share: tally.passed / Math.max(1, tally.staged), counts: counts() })
  const ticketOptions = {
    form: mapping.form,
    mapped: new Set(Object.keys(mapping.columns) as Field[]),
    partial: isActivityLog(options.source),
    customerId: customer.id,
    source: options.system,
    now: now.getTime(),
  }
  for (let attempt = 1; ; attempt++) {
    tally.passed = 0
    const names = namesOf(db, { customerId: customer.id, timeZone: customer.timeZone, source: options.system, dryRun })
    const outcomes = outcomesOf(db, staging, { names, ticketOptions, tally, told })
    try {
      if (dryRun) for await (const incident of outcomes) settle(tally, [incident])
      else {
        const onBatch = async (_: unknown, incidents: readonly BulkIncident[]) => {
          await told()
          settle(tally, incidents)
        }
        await writeIncidents(writing, db, outcomes, { now, importId, onBatch })
      }
      break
    } catch (error) {
      if (error instanceof TooManyRows) {
        throw invalid('import.not-a-number', { column: mapping.columns.number ?? '', value: error.key })
      }
      if (attempt >= ATTEMPTS || !(error instanceof Failure) || error.code !== 'request.moved-on') throw error
    }
  }
  await staging.drop()
  return counts()
}

/** What was done so far, and what is on its way to the database. */
interface Tally {
  /** Read, put down, and gone through by ticket. */
  rows: number
  staged: number
  passed: number
  written: Pick<ImportCounts, 'tickets' | 'updated' | 'events'>
}

function emptyTally(): Tally {
  return { rows: 0, staged: 0, passed: 0, written: { tickets: 0, updated: 0, events: 0 } }
}

/** Counts tickets as written, or as what would be. */
function settle(tally: Tally, incidents: readonly BulkIncident[]): void {
  let { tickets, updated, events } = tally.written
  for (const { id, history } of incidents) {
    if (id === undefined) tickets += 1
    else updated += 1
    for (const { kind, known } of history) if (!known && kind !== 'incident.imported') events += 1
  }
  tally.written = { tickets, updated, events }
}

/** Reads all rows and puts down those that can be taken. */
async function stage(
  { csv, file, rows, detection: { mapping } }: Export,
  staging: Staging,
  { source, customer, now, remarks, tick }: TakeIn,
  { tally, counts }: { readonly tally: Tally; readonly counts: () => Progress['counts'] },
): Promise<void> {
  const zone = mapping.timeZone ?? customer.timeZone
  const reader = rowReader({ header: csv.header, source, mapping, zone, now: now.getTime(), remark: remarks.add })
  for await (const row of rows) {
    tally.rows += 1
    const read = reader.read(row)
    if (read !== null) {
      tally.staged += 1
      const room = staging.add(read)
      if (room) await room
    }
    if (tally.rows % 256 === 0) await tick({ phase: 'reading', share: file.bytesRead() / file.size, counts: counts() })
  }
  await staging.end()
}

/** What becomes of each ticket; those with nothing new are left out. */
async function* outcomesOf(
  db: Db,
  staging: Staging,
  {
    names,
    ticketOptions,
    tally,
    told,
  }: {
    readonly names: Names
    readonly ticketOptions: Omit<TicketOptions, 'ids'>
    readonly tally: Tally
    readonly told: () => Promise<void> | void
  },
): AsyncGenerator<BulkIncident> {
  const { customerId, source } = ticketOptions
  const anyKnown = await hasTickets(db, customerId, source)
  for await (const chunk of chunksOf(staging.tickets())) {
    const ids = await names.idsOf(chunk)
    const known = anyKnown
      ? await findTickets(
          db,
          { customerId, source },
          chunk.map(({ key }) => key),
        )
      : undefined
    for (const ticket of chunk) {
      const there = known?.get(ticket.key)
      const options = { ...ticketOptions, ids }
      const incident = there === undefined ? newTicket(ticket, options) : updatedTicket(ticket, there, options)
      tally.passed += ticket.rows.length
      if (incident !== null) yield incident
    }
    await told()
  }
}

async function* chunksOf(tickets: AsyncIterable<Ticket>): AsyncGenerator<Ticket[]> {
  let chunk: Ticket[] = []
  let rows = 0
  let characters = 0
  for await (const ticket of tickets) {
    chunk.push(ticket)
    rows += ticket.rows.length
    for (const { description, resolution } of ticket.rows)
      characters += (description?.length ?? 0) + (resolution?.length ?? 0)
    if (chunk.length < CHUNK && rows < CHUNK_ROWS && characters < CHUNK_CHARACTERS) continue
    yield chunk
    chunk = []
    rows = 0
    characters = 0
  }
  if (chunk.length > 0) yield chunk
}
