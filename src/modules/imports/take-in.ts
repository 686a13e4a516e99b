import { Failure, invalid } from '#core/failure.ts'
import { writeIncidents } from '#modules/incidents'
import type { Db } from '#platform/context.ts'
import type { Connections } from './connections.ts'
import type { ImportCounts } from './counts.ts'
import type { Export } from './export.ts'
import type { Field } from './field.ts'
import type { Source } from './mapping.ts'
import { findTickets, hasTickets } from './known.ts'
import { type Names, namesOf } from './names.ts'
import type { Remarks } from './rejects.ts'
import { rowReader } from './row.ts'
import { openStaging, type Staging, TooManyRows } from './staging.ts'
import { newTicket, type Outcome, type Ticket, type TicketOptions, updatedTicket } from './ticket.ts'

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
export async function takeIn(db: Db, { staging: stagingClient, writing }: Connections, exported: Export, options: TakeIn): Promise<Omit<ImportCounts, 'seconds'>> {
  const { csv, file, detection } = exported
  const { remarks, customer, dryRun, tick } = options
  const { mapping } = detection
  const staging = await openStaging(stagingClient)
  let rows = 0
  let staged = 0
  let written = { tickets: 0, updated: 0, events: 0, rows: 0 }
  const counts = () => ({
    rows,
    tickets: written.tickets,
    updated: written.updated,
    events: written.events,
    rejected: remarks.rejected(),
    leftOut: remarks.leftOut(),
    encoding: csv.encoding(),
    damaged: csv.damaged(),
  })

  const zone = mapping.timeZone ?? customer.timeZone
  const reader = rowReader({ header: csv.header, source: options.source, mapping, zone, now: options.now.getTime(), remark: remarks.add })
  for await (const row of exported.rows) {
    rows += 1
    const read = reader.read(row)
    if (read !== null) {
      staged += 1
      const room = staging.add(read)
      if (room) await room
    }
    if (rows % 256 === 0) await tick({ phase: 'reading', share: file.bytesRead() / file.size, counts: counts() })
  }
  await staging.end()
  if (rows === 0) throw invalid('import.no-rows')

  const columns = Object.keys(mapping.columns) as Field[]
  const ticketOptions = {
    form: mapping.form,
    mapped: new Set(columns),
    customerId: customer.id,
    source: options.system,
    now: options.now.getTime(),
  }
  try {
    for (let attempt = 1; ; attempt++) {
      written = { tickets: 0, updated: 0, events: 0, rows: 0 }
      const names = namesOf(db, { customerId: customer.id, timeZone: customer.timeZone, source: options.system, dryRun })
      const told = () => tick({ phase: 'writing', share: written.rows / Math.max(1, staged), counts: counts() })
      const outcomes = outcomesOf(db, staging, { names, ticketOptions, onOutcome: count })
      try {
        if (dryRun) for await (const _ of outcomes) await told()
        else await writeIncidents(writing, db, outcomes, { now: options.now, importId: options.importId, onBatch: async () => told() })
        break
      } catch (error) {
        if (attempt >= ATTEMPTS || !(error instanceof Failure) || error.code !== 'request.moved-on') throw error
      }
    }
  } catch (error) {
    throw error instanceof TooManyRows ? invalid('import.not-a-number', { column: mapping.columns.number ?? '', value: error.key }) : error
  }
  await staging.drop()
  return counts()

  function count(ticket: Ticket, outcome: Outcome | null): void {
    const isNew = outcome !== null && outcome.incident.id === undefined
    written = {
      tickets: written.tickets + (isNew ? 1 : 0),
      updated: written.updated + (outcome === null || isNew ? 0 : 1),
      events: written.events + (outcome?.events ?? 0),
      rows: written.rows + ticket.rows.length,
    }
  }
}

/** What becomes of each ticket; those with nothing new are left out. */
async function* outcomesOf(
  db: Db,
  staging: Staging,
  {
    names,
    ticketOptions,
    onOutcome,
  }: {
    readonly names: Names
    readonly ticketOptions: Omit<TicketOptions, 'ids'>
    readonly onOutcome: (ticket: Ticket, outcome: Outcome | null) => void
  },
) {
  const { customerId, source } = ticketOptions
  const anyKnown = await hasTickets(db, customerId, source)
  for await (const chunk of chunksOf(staging.tickets())) {
    const ids = await names.idsOf(chunk)
    const known = anyKnown ? await findTickets(db, { customerId, source }, chunk.map(({ key }) => key)) : undefined
    for (const ticket of chunk) {
      const there = known?.get(ticket.key)
      const options = { ...ticketOptions, ids }
      const outcome = there === undefined ? newTicket(ticket, options) : updatedTicket(ticket, there, options)
      onOutcome(ticket, outcome)
      if (outcome !== null) yield outcome.incident
    }
  }
}

async function* chunksOf(tickets: AsyncIterable<Ticket>): AsyncGenerator<Ticket[]> {
  let chunk: Ticket[] = []
  let rows = 0
  let characters = 0
  for await (const ticket of tickets) {
    chunk.push(ticket)
    rows += ticket.rows.length
    for (const { description, resolution } of ticket.rows) characters += (description?.length ?? 0) + (resolution?.length ?? 0)
    if (chunk.length < CHUNK && rows < CHUNK_ROWS && characters < CHUNK_CHARACTERS) continue
    yield chunk
    chunk = []
    rows = 0
    characters = 0
  }
  if (chunk.length > 0) yield chunk
}
