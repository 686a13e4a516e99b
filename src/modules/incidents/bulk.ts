import { sql } from 'kysely'
import type { PoolClient } from 'pg'
import { Failure } from '#core/failure.ts'
import { newId } from '#core/id.ts'
import { countClocks, type IncidentClocks, nextDue, type Priority, storeClocks } from '#modules/service-levels'
import type { Db } from '#platform/context.ts'
import { copyInto, copyRows, type CopyValue } from '#platform/copy.ts'
import type { Level } from '#api/service-levels'
import { type AgreementFinder, agreementFinder } from './agreement-finder.ts'
import { clockEventsOf, firstTeamOf } from './clock-events.ts'
import type { IncidentState } from './incident.ts'

/** A fact of a whole history that is brought in at once. */
export interface BulkFact {
  readonly kind: `incident.${string}`
  /** Epoch milliseconds. */
  readonly at: number
  readonly facts: Readonly<Record<string, unknown>>
  readonly visibility: 'public' | 'internal'
  /** Order among facts of the same moment; its place in the history unless given. */
  readonly sequence?: number
  /** Of another system, so that it is taken once. */
  readonly sourceKey?: string
  readonly actorId?: string | null
  /** Already in the history: counts for the clocks, and is not written again. */
  readonly known?: boolean
  /** Of one that is known: corrections speak of it. */
  readonly id?: string
}

/** An incident with its whole history, in order. */
export interface BulkIncident {
  /** Given when it is there already, and is brought up to date. */
  readonly id?: string
  /** Of one that is there: what it was when it was read. The writing fails when somebody changed it since. */
  readonly version?: number
  readonly customerId: string
  /** Of one that is there already; a new one is given the customer's next. */
  readonly number?: string
  readonly title: string
  readonly description: string
  readonly state: IncidentState
  readonly pauseReason: string | null
  readonly impact: Level
  readonly urgency: Level
  readonly priority: Priority
  readonly category: string | null
  readonly channel: string | null
  readonly siteId: string | null
  readonly serviceId: string | null
  readonly teamId: string | null
  readonly assigneeId: string | null
  readonly requesterId: string | null
  readonly openedAt: number
  readonly respondedAt: number | null
  /** When the service was usable again; most sources know no such moment. */
  readonly restoredAt?: number | null
  readonly resolvedAt: number | null
  readonly closedAt: number | null
  readonly updatedAt: number
  readonly resolution: string | null
  readonly reopenCount: number
  readonly hopCount: number
  readonly source: string | null
  readonly sourceKey: string | null
  readonly reportedMet: boolean | null
  readonly history: readonly BulkFact[]
}

const incidentColumns = [
  'id',
  'customer_id',
  'number',
  'title',
  'description',
  'state',
  'pause_reason',
  'impact',
  'urgency',
  'priority',
  'category',
  'channel',
  'site_id',
  'service_id',
  'team_id',
  'assignee_id',
  'requester_id',
  'occurred_at',
  'opened_at',
  'responded_at',
  'restored_at',
  'resolved_at',
  'closed_at',
  'updated_at',
  'due_at',
  'resolution',
  'reopen_count',
  'hop_count',
  'source',
  'source_key',
  'reported_met',
  'import_id',
] as const

const historyColumns = [
  'id',
  'subject_type',
  'subject_id',
  'customer_id',
  'kind',
  'facts',
  'visibility',
  'actor_id',
  'sequence',
  'source_key',
  'occurred_at',
  'recorded_at',
  'import_id',
] as const

export interface BulkCounts {
  readonly incidents: number
  readonly facts: number
}

/** Written together: this many incidents, or fewer when they have this many characters. */
const BATCH = 250
const BATCH_CHARACTERS = 4 * 1024 ** 2

export interface BulkOptions {
  /** Until when running clocks are counted. */
  readonly now: Date
  readonly importId?: string | null
  /** Called for each batch, inside its transaction before the commit; for progress. What it throws undoes the batch. */
  readonly onBatch?: (total: BulkCounts, batch: readonly BulkIncident[]) => Promise<void>
}

/**
 * Brings incidents with their histories in: facts, the incidents themselves and their clocks, a batch at a time by `COPY`,
 * each batch in a transaction of its own. Runs as the owner of the tables, which no request does: who may bring in what
 * is decided before. Figures by month are counted by the caller at the end.
 *
 * @param clients Connections of the caller's; with several, as many batches are written at the same time.
 */
export async function writeIncidents(
  clients: PoolClient | readonly PoolClient[],
  db: Db,
  incidents: AsyncIterable<BulkIncident> | Iterable<BulkIncident>,
  { now, importId = null, onBatch }: BulkOptions,
): Promise<BulkCounts> {
  const agreements = agreementFinder(db)
  const months = monthMaker('history')
  let total: BulkCounts = { incidents: 0, facts: 0 }
  let batch: BulkIncident[] = []
  let characters = 0
  // While the database takes some batches in, the next one comes together.
  const writers = [clients].flat().map((client) => ({ client, writing: Promise.resolve() }))
  try {
    for await (const incident of incidents) {
      batch.push(incident)
      characters += incident.description.length + (incident.resolution?.length ?? 0)
      if (batch.length >= BATCH || characters >= BATCH_CHARACTERS) await hand()
    }
    if (batch.length > 0) await hand()
    for (const { writing } of writers) await writing
  } finally {
    await Promise.allSettled(writers.map(({ writing }) => writing))
  }
  return total

  /** Gives the batch to the writer who has been at it for the longest, as soon as he is free. */
  async function hand(): Promise<void> {
    const writer = writers.shift()!
    writers.push(writer)
    await writer.writing
    writer.writing = write(writer.client, batch)
    // Whoever waits for it next is told.
    writer.writing.catch(() => undefined)
    batch = []
    characters = 0
  }

  async function write(client: PoolClient, taken: readonly BulkIncident[]): Promise<void> {
    const ready = await prepare(taken, { agreements, numbers: await takeNumbers(db, taken), now })
    await months(client, ready)
    await client.query('begin')
    try {
      const facts = await writeBatch(client, ready, { now, importId })
      total = { incidents: total.incidents + ready.length, facts: total.facts + facts }
      await onBatch?.(total, taken)
      await client.query('commit')
    } catch (error) {
      await client.query('rollback').catch(() => undefined)
      throw error
    }
  }
}

interface Prepared {
  readonly id: string
  readonly number: string
  readonly incident: BulkIncident
  readonly clocks: IncidentClocks['clocks']
}

/** Numbers for the incidents of a batch that are new: for each customer the next ones of its own sequence. */
async function takeNumbers(db: Db, batch: readonly BulkIncident[]): Promise<ReadonlyMap<string, string[]>> {
  const wanted = new Map<string, number>()
  for (const { id, customerId } of batch)
    if (id === undefined) wanted.set(customerId, (wanted.get(customerId) ?? 0) + 1)
  const taken = new Map<string, string[]>()
  for (const [customerId, count] of wanted) {
    const { rows } = await sql<{ number: string }>`
      select customer.key || '-' || next_number(customer.id) as number
      from customer, generate_series(1, ${count}) where customer.id = ${customerId}`.execute(db)
    taken.set(customerId, rows.map(({ number }) => number).toReversed())
  }
  return taken
}

async function prepare(
  batch: readonly BulkIncident[],
  {
    agreements,
    numbers,
    now,
  }: { readonly agreements: AgreementFinder; readonly numbers: ReadonlyMap<string, string[]>; readonly now: Date },
): Promise<Prepared[]> {
  const ready: Prepared[] = []
  for (const incident of batch) {
    const number = incident.number ?? numbers.get(incident.customerId)!.pop()!
    const id = incident.id ?? newId(incident.openedAt)
    const { customerId, priority, category, siteId, serviceId, teamId, openedAt, history } = incident
    const events = clockEventsOf(history)
    const found = agreements({ customerId, serviceId, siteId, teamId: firstTeamOf(events) }, openedAt)
    const agreement = found instanceof Promise ? await found : found
    const subject = { incidentId: id, customerId, number, priority, category, siteId, serviceId, teamId }
    const clocks = agreement === null ? [] : countClocks(agreement, subject, events, now.getTime())
    ready.push({ id, number, incident, clocks })
  }
  return ready
}

async function writeBatch(
  client: PoolClient,
  ready: readonly Prepared[],
  { now, importId }: { readonly now: Date; readonly importId: string | null },
): Promise<number> {
  const fresh = ready.filter(({ incident }) => incident.id === undefined)
  const known = ready.filter(({ incident }) => incident.id !== undefined)
  if (known.length > 0) await updateKnown(client, known, importId)
  await copyRows(
    client,
    'incident',
    incidentColumns,
    fresh.map((each) => incidentValues(each, importId)),
  )

  let facts = 0
  const recordedAt = now.toISOString()
  const history = copyInto(client, 'history', historyColumns)
  for (const { id, incident } of ready) {
    let sequence = 0
    for (const fact of incident.history) {
      sequence += 1
      if (fact.known) continue
      facts += 1
      const written = history.row([
        newId(fact.at),
        'incident',
        id,
        incident.customerId,
        fact.kind,
        JSON.stringify(fact.facts),
        fact.visibility,
        fact.actorId ?? null,
        fact.sequence ?? sequence,
        fact.sourceKey ?? null,
        new Date(fact.at),
        recordedAt,
        importId,
      ])
      if (written) await written
    }
  }
  await history.end()
  const there = new Set(known.map(({ id }) => id))
  await storeClocks(
    client,
    ready.map(({ id, clocks }) => ({ incidentId: id, clocks, hasPast: true })),
    { now, cause: 'import', isKnown: (id) => there.has(id) },
  )
  return facts
}

/**
 * Makes the partitions that the facts of a batch go to, each once. Before the batch's own transaction, for making one
 * keeps everybody else from the table until the end of the transaction; and only the months that occur, for one fact with
 * a date of long ago is no reason to make a table for each month since.
 */
function monthMaker(table: string): (client: PoolClient, ready: readonly Prepared[]) => Promise<void> {
  const made = new Map<number, Promise<unknown>>()
  return async (client, ready) => {
    const months = new Set<number>()
    for (const { incident } of ready) {
      for (const { at, known } of incident.history) if (!known) months.add(monthOf(at))
    }
    for (const month of [...months].toSorted((one, other) => one - other)) {
      const making = made.get(month) ?? client.query('select ensure_months($1, $2, $2)', [table, new Date(month)])
      made.set(month, making)
      await making
    }
  }
}

function monthOf(at: number): number {
  const date = new Date(at)
  return Date.UTC(date.getUTCFullYear(), date.getUTCMonth())
}

/** Brings incidents that are there up to date, in one statement. */
async function updateKnown(client: PoolClient, known: readonly Prepared[], importId: string | null): Promise<void> {
  await client.query(
    `create temp table if not exists incoming_incident on commit delete rows as select ${incidentColumns.join(', ')}, version from incident with no data`,
  )
  await copyRows(
    client,
    'incoming_incident',
    [...incidentColumns, 'version'],
    known.map((each) => [...incidentValues(each, importId), each.incident.version]),
  )
  const changed = incidentColumns.filter((column) => !['id', 'customer_id', 'number', 'import_id'].includes(column))
  const { rowCount } = await client.query(
    `update incident set ${changed.map((column) => `${column} = n.${column}`).join(', ')}, version = incident.version + 1
     from incoming_incident n where n.id = incident.id and (n.version is null or n.version = incident.version)`,
  )
  if (rowCount !== known.length) throw new Failure('conflict', 'request.moved-on')
}

function incidentValues({ id, number, incident, clocks }: Prepared, importId: string | null): readonly CopyValue[] {
  const { openedAt } = incident
  return [
    id,
    incident.customerId,
    number,
    incident.title,
    incident.description,
    incident.state,
    incident.pauseReason,
    incident.impact,
    incident.urgency,
    incident.priority,
    incident.category,
    incident.channel,
    incident.siteId,
    incident.serviceId,
    incident.teamId,
    incident.assigneeId,
    incident.requesterId,
    new Date(openedAt),
    new Date(openedAt),
    dateOf(incident.respondedAt),
    dateOf(incident.restoredAt ?? null),
    dateOf(incident.resolvedAt),
    dateOf(incident.closedAt),
    new Date(incident.updatedAt),
    nextDue(clocks),
    incident.resolution,
    incident.reopenCount,
    incident.hopCount,
    incident.source,
    incident.sourceKey,
    incident.reportedMet,
    importId,
  ]
}

function dateOf(at: number | null): Date | null {
  return at === null ? null : new Date(at)
}
