import type { Pool, PoolClient } from 'pg'
import { type ClockRow, countClocks, nextDue, type Priority, recountAttainment } from '#modules/service-levels'
import type { Db } from '#platform/context.ts'
import { agreementFinder, clockColumns, clockValues, copyRows } from './bulk.ts'
import { clockEventsOf, type IncidentFact } from './clock-events.ts'

/** Counted together, in one transaction. */
const BATCH = 2000

export interface Recomputation {
  readonly customerId: string
  /** Only incidents opened from then on; all without it. */
  readonly openedFrom?: Date
  readonly now: Date
  readonly signal?: AbortSignal
  readonly onProgress?: (incidents: number) => void
  /** Counts and compares, and writes nothing. */
  readonly dryRun?: boolean
  /** Told of each result that came out differently from what was stored. */
  readonly onDifference?: (difference: ClockDifference) => void
}

/** A clock's result, stored and counted anew: state and elapsed service seconds; `none` where there was or is none. */
export interface ClockDifference {
  readonly number: string
  readonly metric: string
  readonly before: string
  readonly after: string
}

/**
 * Counts the clocks of a customer's incidents anew, from history, agreements and calendars as they are now, and then the
 * monthly figures. A batch at a time with its incidents locked, so that the desk goes on; stopping in between leaves
 * each incident whole, and starting again does no harm. Runs as the owner of the tables.
 *
 * @returns How many incidents were counted.
 */
export async function recomputeClocks(
  pool: Pool,
  db: Db,
  { customerId, openedFrom = new Date(0), now, signal, onProgress, dryRun = false, onDifference }: Recomputation,
): Promise<number> {
  const agreements = agreementFinder(db)
  const client = await pool.connect()
  let counted = 0
  try {
    let after: BatchKey | null = { openedAt: openedFrom.toISOString(), id: '00000000-0000-0000-0000-000000000000' }
    while (after !== null) {
      if (signal?.aborted) break
      const batch: BatchResult = await recomputeBatch(client, {
        customerId,
        after,
        agreements,
        now,
        dryRun,
        onDifference,
      })
      counted += batch.incidents
      onProgress?.(counted)
      after = batch.next
    }
  } finally {
    client.release()
  }
  if (!dryRun) await db.transaction().execute((tx) => recountAttainment(tx, customerId))
  return counted
}

interface BatchKey {
  readonly openedAt: string
  readonly id: string
}

interface BatchResult {
  readonly incidents: number
  /** Where the next batch begins; null after the last. */
  readonly next: BatchKey | null
}

interface LockedIncident {
  readonly id: string
  readonly number: string
  readonly priority: Priority
  readonly site_id: string | null
  readonly service_id: string | null
  readonly team_id: string | null
  readonly opened_at: Date
  readonly opened_key: string
}

async function recomputeBatch(
  client: PoolClient,
  {
    customerId,
    after,
    agreements,
    now,
    dryRun,
    onDifference,
  }: Pick<Recomputation, 'customerId' | 'now' | 'dryRun'> & {
    readonly after: BatchKey
    readonly agreements: ReturnType<typeof agreementFinder>
    readonly onDifference: Recomputation['onDifference'] | undefined
  },
): Promise<BatchResult> {
  await client.query('begin')
  try {
    const { rows: incidents } = await client.query<LockedIncident>(
      `select id, number, priority, site_id, service_id, team_id, opened_at, opened_at::text as opened_key from incident
       where customer_id = $1 and (opened_at, id) > ($2::timestamptz, $3::uuid) order by opened_at, id limit $4 for update`,
      [customerId, after.openedAt, after.id, BATCH],
    )
    const histories = await readHistories(client, incidents)
    const clocks: ClockRow[] = []
    const dues: [string, Date | null][] = []
    for (const {
      id,
      number,
      priority,
      site_id: siteId,
      service_id: serviceId,
      team_id: teamId,
      opened_at: openedAt,
    } of incidents) {
      const agreement = await agreements(customerId, serviceId, openedAt.getTime())
      const subject = { incidentId: id, customerId, number, priority, siteId, serviceId, teamId }
      const rows =
        agreement === null
          ? []
          : countClocks(agreement, subject, clockEventsOf(histories.get(id) ?? []), now.getTime()).map(({ row }) => row)
      clocks.push(...rows)
      dues.push([id, nextDue(rows)])
    }
    if (onDifference) for (const difference of await differences(client, incidents, clocks)) onDifference(difference)
    if (dryRun) {
      await client.query('rollback')
      return { incidents: incidents.length, next: nextAfter(incidents) }
    }
    await client.query('delete from clock where incident_id = any($1::uuid[])', [incidents.map(({ id }) => id)])
    await copyRows(client, 'clock', clockColumns, clocks.map(clockValues))
    await client.query(
      `update incident set due_at = n.due_at from unnest($1::uuid[], $2::timestamptz[]) as n(id, due_at)
       where incident.id = n.id and incident.due_at is distinct from n.due_at`,
      [dues.map(([id]) => id), dues.map(([, due]) => due)],
    )
    await client.query('commit')
    return { incidents: incidents.length, next: nextAfter(incidents) }
  } catch (error) {
    await client.query('rollback').catch(() => undefined)
    throw error
  }
}

function nextAfter(incidents: readonly LockedIncident[]): BatchKey | null {
  const last = incidents.at(-1)
  return incidents.length < BATCH || last === undefined ? null : { openedAt: last.opened_key, id: last.id }
}

/** Stopped clocks whose result differs from the stored one. Running ones differ by the time that went by, which is no difference. */
async function differences(
  client: PoolClient,
  incidents: readonly LockedIncident[],
  clocks: readonly ClockRow[],
): Promise<ClockDifference[]> {
  const { rows } = await client.query<{
    number: string
    metric: string
    state: string
    elapsed_ms: number
    stopped_at: Date | null
  }>('select number, metric, state, elapsed_ms, stopped_at from clock where incident_id = any($1::uuid[])', [
    incidents.map(({ id }) => id),
  ])
  const before = new Map(
    rows.map((row) => [
      `${row.number} ${row.metric}`,
      row.stopped_at === null ? 'open' : told(row.state, row.elapsed_ms),
    ]),
  )
  const after = new Map(
    clocks.map((row) => [
      `${row.number} ${row.metric}`,
      row.stoppedAt === null ? 'open' : told(row.state, row.elapsedMs),
    ]),
  )
  return [...new Set([...before.keys(), ...after.keys()])].flatMap((key) => {
    const [number, metric] = key.split(' ') as [string, string]
    const difference = { number, metric, before: before.get(key) ?? 'none', after: after.get(key) ?? 'none' }
    return difference.before === difference.after ? [] : [difference]
  })
}

function told(state: string, elapsedMs: number): string {
  return `${state} ${Math.floor(elapsedMs / 1000)} s`
}

/** The facts that clocks are counted from, by incident and in order. */
async function readHistories(
  client: PoolClient,
  incidents: readonly LockedIncident[],
): Promise<Map<string, IncidentFact[]>> {
  const { rows } = await client.query<{ subject_id: string; kind: string; at: number; facts: Record<string, unknown> }>(
    `select subject_id, kind, (extract(epoch from occurred_at) * 1000)::float8 as at, facts from history
     where subject_id = any($1::uuid[]) and subject_type = 'incident'
       and kind in ('incident.opened', 'incident.state', 'incident.responded', 'incident.priority', 'incident.assigned')
     order by subject_id, occurred_at, sequence, id`,
    [incidents.map(({ id }) => id)],
  )
  const histories = new Map<string, IncidentFact[]>()
  for (const { subject_id: id, kind, at, facts } of rows) {
    const history = histories.get(id)
    if (history === undefined) histories.set(id, [{ kind, at, facts }])
    else history.push({ kind, at, facts })
  }
  return histories
}
