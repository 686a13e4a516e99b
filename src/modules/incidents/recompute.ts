import type { Pool, PoolClient } from 'pg'
import {
  type Ask,
  askClient,
  askOf,
  type ClockChange,
  type ClockRow,
  countClocks,
  nextDue,
  type Priority,
  readClocks,
  recountAttainment,
  settleClocks,
  storeClocks,
  withPast,
} from '#modules/service-levels'
import type { Db } from '#platform/context.ts'
import { type AgreementFinder, agreementFinder } from './agreement-finder.ts'
import { clockEventsOf, clockFacts, firstTeamOf, type IncidentFact } from './clock-events.ts'

/** Counted together, in one transaction. */
const BATCH = 2000
/** Batches at the same time. */
const WORKERS = 2

/** Which of a customer's incidents are counted anew; all without it. */
export interface RecomputationScope {
  /** Only those opened from then on. */
  readonly openedFrom?: Date
  readonly incidentId?: string
  /** Only those with a clock in this calendar's hours that had begun and not ended in some part of this time. */
  readonly during?: { readonly calendarId: string; readonly from: Date; readonly to: Date }
  /** Only those that may have a result in this time: opened before its end, and something happened since its beginning. */
  readonly counting?: { readonly from: Date; readonly to: Date }
}

export interface Recomputation extends RecomputationScope {
  readonly customerId: string
  readonly now: Date
  readonly signal?: AbortSignal
  readonly onProgress?: (incidents: number) => void
  /** Counts and compares, and writes nothing. */
  readonly dryRun?: boolean
  /** Told of each result that came out differently from what was stored. */
  readonly onDifference?: (difference: ClockDifference) => void
  /** The correction that asks for it. */
  readonly correctionId?: string
  /** False: what differs in a locked period is said and not adjusted. */
  readonly adjust?: boolean
}

/** A clock's result, stored and counted anew: state and elapsed service seconds; `none` where there was or is none. */
export interface ClockDifference {
  readonly number: string
  readonly metric: string
  readonly before: string
  readonly after: string
  /** It was told in a period that is locked, and stays. */
  readonly locked: boolean
}

/**
 * Counts the clocks of a customer's incidents anew, from history, agreements and calendars as they are now, and then the
 * monthly figures. A batch at a time with its incidents locked, so that the desk goes on; stopping in between leaves
 * each incident whole, and starting again does no harm. What was told in a locked period stays and is adjusted. Runs as
 * the owner of the tables.
 *
 * @returns How many incidents were counted.
 */
export async function recomputeClocks(
  pool: Pool,
  db: Db,
  { customerId, now, signal, onProgress, onDifference, dryRun = false, ...rest }: Recomputation,
): Promise<number> {
  const { correctionId, adjust = true, ...scope } = rest
  const cause = correctionId === undefined ? ('recompute' as const) : ('correction' as const)
  const agreements = agreementFinder(db)
  let counted = 0
  let after: BatchKey | null = firstKey(scope)
  let failed = false
  // Whoever has taken the next incidents lets the other take those after them: while one counts, the database works for the other.
  let turn: Promise<unknown> = Promise.resolve()
  async function takeNext(ask: Ask): Promise<readonly LockedIncident[]> {
    const mine = turn.then(async () => {
      if (after === null || failed || signal?.aborted) return []
      const taken = await takeIncidents(ask, { customerId, scope, after, dryRun })
      after = nextAfter(taken)
      return taken
    })
    turn = mine.catch(() => undefined)
    return mine
  }
  async function work(): Promise<void> {
    const client = await pool.connect()
    try {
      for (let size = -1; size !== 0;) {
        size = await inTransaction(client, dryRun, async () => {
          const ask = askClient(client)
          const incidents = await takeNext(ask)
          if (incidents.length === 0) return 0
          const made = await countTaken(ask, incidents, { customerId, agreements, now })
          const keeping = { now, cause, correctionId, adjust }
          const changes = dryRun ? await compare(ask, made) : await store(client, made, keeping)
          if (onDifference) for (const difference of differences(changes)) onDifference(difference)
          return incidents.length
        })
        counted += size
        if (size > 0) onProgress?.(counted)
      }
    } catch (error) {
      failed = true
      throw error
    } finally {
      client.release()
    }
  }
  const workers = Array.from({ length: WORKERS }, work)
  await Promise.allSettled(workers)
  await Promise.all(workers)
  if (!dryRun) await db.transaction().execute((tx) => recountAttainment(tx, customerId))
  return counted
}

/**
 * What counting anew would change, as the transaction of `tx` sees the world: whatever it has changed and will undo is
 * among it. Nothing is locked and nothing is written.
 */
export async function foreseeClocks(
  tx: Db,
  {
    customerId,
    now,
    signal,
    onChanges,
    ...scope
  }: RecomputationScope &
    Pick<Recomputation, 'customerId' | 'now' | 'signal'> & {
      readonly onChanges: (changes: readonly ClockChange[], incidents: number) => Promise<void>
    },
): Promise<void> {
  const ask = askOf(tx)
  const agreements = agreementFinder(tx)
  let after: BatchKey | null = firstKey(scope)
  while (after !== null) {
    signal?.throwIfAborted()
    const incidents: readonly LockedIncident[] = await takeIncidents(ask, { customerId, scope, after, dryRun: true })
    const made = await countTaken(ask, incidents, { customerId, agreements, now })
    await onChanges(await compare(ask, made), incidents.length)
    after = nextAfter(incidents)
  }
}

export interface BatchKey {
  readonly openedAt: string
  readonly id: string
}

interface CountedBatch {
  readonly ids: readonly string[]
  readonly clocks: readonly ClockRow[]
  readonly dues: readonly (Date | null)[]
}

export interface LockedIncident {
  readonly id: string
  readonly number: string
  readonly priority: Priority
  readonly category: string | null
  readonly site_id: string | null
  readonly service_id: string | null
  readonly team_id: string | null
  readonly opened_at: Date
  readonly opened_key: string
  readonly has_past: boolean
}

export function firstKey({ openedFrom = new Date(0) }: RecomputationScope): BatchKey {
  return { openedAt: openedFrom.toISOString(), id: '00000000-0000-0000-0000-000000000000' }
}

async function inTransaction<Result>(
  client: PoolClient,
  undone: boolean,
  work: () => Promise<Result>,
): Promise<Result> {
  await client.query('begin')
  try {
    const result = await work()
    await client.query(undone ? 'rollback' : 'commit')
    return result
  } catch (error) {
    await client.query('rollback').catch(() => undefined)
    throw error
  }
}

/** SQL: whether an incident may have a result between two moments; all may without them. */
export function mayCount(from: string, to: string): string {
  return `(${from}::timestamptz is null or opened_at < ${to}::timestamptz and (updated_at >= ${from}::timestamptz
    or exists (select from clock k where k.incident_id = incident.id and k.stopped_at >= ${from}::timestamptz)))`
}

/** The next incidents by their opening, locked unless nothing will be written. */
export async function takeIncidents(
  ask: Ask,
  {
    customerId,
    scope: { incidentId, during, counting },
    after,
    dryRun,
  }: {
    readonly customerId: string
    readonly scope: RecomputationScope
    readonly after: BatchKey
    readonly dryRun: boolean
  },
): Promise<readonly LockedIncident[]> {
  return ask<LockedIncident>(
    `select id, number, priority, category, site_id, service_id, team_id, opened_at, opened_at::text as opened_key, source is not null as has_past
     from incident where customer_id = $1 and (opened_at, id) > ($2::timestamptz, $3::uuid) and ($5::uuid is null or id = $5::uuid)
       and ($6::uuid is null or exists (
         select from clock k join calendar_version v on v.id = k.calendar_version_id
         where k.incident_id = incident.id and v.calendar_id = $6::uuid and k.started_at < $8::timestamptz
           and (k.stopped_at is null or k.stopped_at > $7::timestamptz)))
       and ${mayCount('$9', '$10')}
     order by opened_at, id limit $4 ${dryRun ? '' : 'for update'}`,
    [
      customerId,
      after.openedAt,
      after.id,
      BATCH,
      incidentId ?? null,
      during?.calendarId ?? null,
      during?.from ?? null,
      during?.to ?? null,
      counting?.from ?? null,
      counting?.to ?? null,
    ],
  )
}

export async function countTaken(
  ask: Ask,
  incidents: readonly LockedIncident[],
  {
    customerId,
    agreements,
    now,
  }: { readonly customerId: string; readonly agreements: AgreementFinder; readonly now: Date },
): Promise<CountedBatch> {
  const ids = incidents.map(({ id }) => id)
  const histories = await readHistories(ask, customerId, ids)
  const clocks: ClockRow[] = []
  const dues: (Date | null)[] = []
  for (const { id, number, priority, category, opened_at: openedAt, has_past: hasPast, ...names } of incidents) {
    const { site_id: siteId, service_id: serviceId, team_id: teamId } = names
    const events = clockEventsOf(histories.get(id) ?? [])
    const affected = { customerId, serviceId, siteId, teamId: firstTeamOf(events) }
    const found = agreements(affected, openedAt.getTime())
    const agreement = found instanceof Promise ? await found : found
    const subject = { incidentId: id, customerId, number, priority, category, siteId, serviceId, teamId }
    const rows =
      agreement === null
        ? []
        : countClocks(agreement, subject, events, now.getTime()).map(({ row }) => (hasPast ? withPast(row, now) : row))
    clocks.push(...rows)
    dues.push(nextDue(rows))
  }
  return { ids, clocks, dues }
}

async function compare(ask: Ask, { ids, clocks }: CountedBatch): Promise<ClockChange[]> {
  return settleClocks(ask, await readClocks(ask, ids), clocks)
}

async function store(
  client: PoolClient,
  { ids, clocks, dues }: CountedBatch,
  keeping: Parameters<typeof storeClocks>[3],
): Promise<ClockChange[]> {
  const changes = await storeClocks(client, ids, clocks, keeping)
  await client.query(
    `update incident set due_at = n.due_at from unnest($1::uuid[], $2::timestamptz[]) as n(id, due_at)
     where incident.id = n.id and incident.due_at is distinct from n.due_at`,
    [ids, dues],
  )
  return changes
}

export function nextAfter(incidents: readonly LockedIncident[]): BatchKey | null {
  const last = incidents.at(-1)
  return incidents.length < BATCH || last === undefined ? null : { openedAt: last.opened_key, id: last.id }
}

/** Stopped clocks whose result differs from the stored one. Running ones differ by the time that went by, which is no difference. */
function differences(changes: readonly ClockChange[]): ClockDifference[] {
  return changes.flatMap(({ before, after, stored, lockedMonth }) => {
    const { number, metric } = (after ?? before)!
    const locked = !stored && lockedMonth !== null
    const difference = { number, metric, before: told(before), after: told(after), locked }
    return difference.before === difference.after ? [] : [difference]
  })
}

function told(
  clock: { readonly state: string; readonly elapsedMs: number; readonly stoppedAt: Date | null } | null,
): string {
  if (clock === null) return 'none'
  return clock.stoppedAt === null ? 'open' : `${clock.state} ${Math.floor(clock.elapsedMs / 1000)} s`
}

/**
 * The facts that clocks are counted from, by incident and in order. Which fact is which matters only where a correction
 * speaks of one.
 */
async function readHistories(
  ask: Ask,
  customerId: string,
  ids: readonly string[],
  { named = false } = {},
): Promise<Map<string, IncidentFact[]>> {
  const rows = await ask<{ subject: string; id?: string; kind: string; at: number; facts: Record<string, unknown> }>(
    // date_part counts in floating point, extract in decimal digits, which takes longer than all else.
    `select subject_id as subject, ${named ? 'id, ' : ''}kind, date_part('epoch', occurred_at) * 1000 as at,
       case when kind = 'incident.note' then '{}' else facts end as facts
     from history
     where subject_id = any($1::uuid[]) and subject_type = 'incident' and (kind = any($2)
       or kind = 'incident.note' and visibility = 'public'
         and exists (select from target where customer_id = $3 and metric = 'next-update'))
     order by subject_id, occurred_at, sequence, id`,
    [ids, clockFacts, customerId],
  )
  const histories = new Map<string, IncidentFact[]>()
  const corrected = new Set<string>()
  let last = ''
  let history: IncidentFact[] = []
  for (const { subject, kind, at, facts, ...fact } of rows) {
    if (subject !== last) {
      history = []
      histories.set(subject, history)
      last = subject
    }
    history.push({ ...fact, kind, at: Math.round(at), facts })
    if (kind === 'incident.corrected') corrected.add(subject)
  }
  if (named || corrected.size === 0) return histories
  return new Map([...histories, ...(await readHistories(ask, customerId, [...corrected], { named: true }))])
}
