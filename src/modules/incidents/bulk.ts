import type { PoolClient } from 'pg'
import { askClient, type IncidentClocks, recountBehind } from '#modules/service-levels'
import type { Db } from '#platform/context.ts'
import { agreementFinder } from './agreement-finder.ts'
import type { BulkIncident } from './bulk-incident.ts'
import { type Prepared, prepare } from './bulk-prepare.ts'
import { monthMaker, writeBatch } from './bulk-write.ts'
import { takeNumbers } from './numbers.ts'

export interface BulkCounts {
  readonly incidents: number
  readonly facts: number
}

/** Written together unless said otherwise: this many incidents, or fewer when they have this many characters. */
const BATCH = 250
const BATCH_CHARACTERS = 4 * 1024 ** 2

export interface BulkOptions {
  /** Until when running clocks are counted. */
  readonly now: Date
  readonly importId?: string | null
  /** So many incidents are written together; fewer where they are long. */
  readonly batch?: number
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
  { now, importId = null, batch: most = BATCH, onBatch }: BulkOptions,
): Promise<BulkCounts> {
  const agreements = agreementFinder(db)
  const months = monthMaker('history')
  // What suppliers kept is read from their clocks, also of incidents that were over before they came here.
  const suppliers = await supplierTeams(db)
  const isBegun = ({ relying }: IncidentClocks) =>
    relying?.events.some(
      ({ team, reason }) => reason === 'awaiting-supplier' || (team !== undefined && suppliers.has(team)),
    ) ?? false
  let total: BulkCounts = { incidents: 0, facts: 0 }
  let batch: BulkIncident[] = []
  let characters = 0
  // While the database takes some batches in, the next one comes together.
  const writers = [clients].flat().map((client) => ({ client, writing: Promise.resolve() }))
  try {
    for await (const incident of incidents) {
      batch.push(incident)
      characters += incident.description.length + (incident.resolution?.length ?? 0)
      if (batch.length >= most || characters >= BATCH_CHARACTERS) await hand()
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
    // In the order in which they came, whoever writes sooner.
    writer.writing = write(writer.client, batch, await takeNumbers(db, batch))
    // Whoever waits for it next is told.
    writer.writing.catch(() => undefined)
    batch = []
    characters = 0
  }

  async function write(
    client: PoolClient,
    taken: readonly BulkIncident[],
    numbers: Awaited<ReturnType<typeof takeNumbers>>,
  ): Promise<void> {
    const ready = await prepare(taken, { agreements, numbers, now })
    await months(client, ready)
    await client.query('begin')
    try {
      const facts = await writeBatch(client, ready, { now, importId })
      total = { incidents: total.incidents + ready.length, facts: total.facts + facts }
      const relying = ready.filter((each) => each.relying !== null)
      if (relying.length > 0) await recountBehind(db, askClient(client), relying.map(withPast), { now, isBegun })
      await onBatch?.(total, taken)
      await client.query('commit')
    } catch (error) {
      await client.query('rollback').catch(() => undefined)
      throw error
    }
  }
}

/** Teams that are a supplier's, by the agreements that stand behind ours. */
async function supplierTeams(db: Db): Promise<ReadonlySet<string>> {
  const rows = await db
    .selectFrom('agreement')
    .select('partyTeamId')
    .distinct()
    .where('type', '=', 'uc')
    .where('partyTeamId', 'is not', null)
    .execute()
  return new Set(rows.map(({ partyTeamId }) => partyTeamId!))
}

function withPast({ id, clocks, relying }: Prepared): IncidentClocks {
  return { incidentId: id, clocks, relying, hasPast: true }
}
