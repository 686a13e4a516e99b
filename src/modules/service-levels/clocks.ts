import { type Insertable, sql } from 'kysely'
import type { DB } from '#db'
import { openMsBetween } from '#core/calendar.ts'
import { type ClockResult, runClock } from '#core/clock.ts'
import type { ClockEvent } from '#core/clock-terms.ts'
import { wholeSeconds } from '#core/clock-text.ts'
import { newId } from '#core/id.ts'
import type { Db } from '#platform/context.ts'
import { type Metric, metrics, type Priority } from './agreement.ts'
import type { AgreementInForce } from './in-force.ts'

/** What a figure can be grouped by: the incident's at the moment the clock stopped. */
export interface ClockSubject {
  readonly incidentId: string
  readonly customerId: string
  readonly number: string
  readonly priority: Priority
  readonly siteId: string | null
  readonly serviceId: string | null
  readonly teamId: string | null
}

export type ClockRow = Insertable<DB['clock']> & {
  readonly id: string
  readonly metric: Metric
  readonly state: ClockResult['state']
  readonly startedAt: Date | null
  readonly dueAt: Date | null
  readonly breachedAt: Date | null
  readonly stoppedAt: Date | null
  readonly targetMs: number
  readonly elapsedMs: number
  readonly runningSince: Date | null
}

/** A clock as a result and as the row that caches it. */
export interface CountedClock {
  readonly row: ClockRow
  readonly result: ClockResult
}

/**
 * The clocks of one incident by `now`: one for each metric that the agreement promises for its priority. A function of
 * history, agreement and calendar; nothing that was stored before enters.
 *
 * @param events Sorted by moment and order.
 */
export function countClocks(
  agreement: AgreementInForce,
  subject: ClockSubject,
  events: readonly ClockEvent[],
  now: number,
): CountedClock[] {
  const counted: CountedClock[] = []
  for (const metric of metrics) {
    const terms = agreement.termsOf[metric](subject.priority)
    const target = agreement.targets.get(`${metric} ${subject.priority}`)
    if (terms === null || target === undefined) continue
    const result = runClock(terms, agreement.open, events, now)
    counted.push({ result, row: rowOf(agreement, subject, { metric, targetId: target.id, result, now }) })
  }
  return counted
}

function rowOf(
  agreement: AgreementInForce,
  subject: ClockSubject,
  { metric, targetId, result, now }: { metric: Metric; targetId: string; result: ClockResult; now: number },
): ClockRow {
  const { state, startAt, dueAt, breachedAt, stoppedAt, targetMs, elapsedMs } = result
  const runs = state === 'running' || state === 'breached-running'
  return {
    id: newId(startAt ?? now),
    ...subject,
    metric,
    agreementVersionId: agreement.versionId,
    targetId,
    calendarVersionId: calendarVersionAt(agreement, startAt ?? now),
    state,
    startedAt: dateOf(startAt),
    dueAt: dateOf(dueAt),
    breachedAt: dateOf(breachedAt !== null && breachedAt <= now ? breachedAt : null),
    stoppedAt: dateOf(stoppedAt),
    targetMs,
    elapsedMs: Math.round(elapsedMs),
    runningSince: runs ? new Date(now) : null,
  }
}

function calendarVersionAt({ calendarVersions }: AgreementInForce, at: number): string {
  return (calendarVersions.findLast(({ from }) => from <= at) ?? calendarVersions[0]!).id
}

function dateOf(at: number | null): Date | null {
  return at === null ? null : new Date(at)
}

/** The next moment at which one of these would be missed; null when none runs. */
export function nextDue(clocks: readonly ClockRow[]): Date | null {
  let next: Date | null = null
  for (const { dueAt, state } of clocks) {
    if (dueAt === null || (state !== 'running' && state !== 'breached-running')) continue
    if (next === null || dueAt < next) next = dueAt
  }
  return next
}

/** A clock as people see it: what a stored running clock has become by `now`. */
export interface ClockView {
  readonly id: string
  readonly metric: Metric
  readonly state: ClockResult['state']
  readonly startedAt: Date | null
  readonly dueAt: Date | null
  readonly stoppedAt: Date | null
  readonly breachedAt: Date | null
  readonly targetSeconds: number
  readonly elapsedSeconds: number
}

type StoredClock = Omit<ClockView, 'metric' | 'state' | 'targetSeconds' | 'elapsedSeconds'> & {
  readonly metric: string
  readonly state: string
  readonly targetMs: number
  readonly elapsedMs: number
  readonly runningSince: Date | null
}

/** Brings a stored clock to `now`: the time since it was counted, and whether it is over by now. */
export function clockView(stored: StoredClock, agreement: AgreementInForce, now: Date): ClockView {
  const { runningSince, elapsedMs, targetMs, state, dueAt, breachedAt } = stored
  const since = runningSince === null ? 0 : openMsBetween(agreement.open, runningSince.getTime(), now.getTime())
  const elapsed = elapsedMs + since
  const over = state === 'running' && elapsed > targetMs
  return {
    id: stored.id,
    metric: stored.metric as Metric,
    state: over ? 'breached-running' : (state as ClockResult['state']),
    startedAt: stored.startedAt,
    dueAt,
    stoppedAt: stored.stoppedAt,
    breachedAt: breachedAt ?? (over ? dueAt : null),
    targetSeconds: targetMs / 1000,
    elapsedSeconds: wholeSeconds(elapsed),
  }
}

/** Stores an incident's first clocks. */
export async function insertClocks(db: Db, rows: readonly ClockRow[]): Promise<void> {
  if (rows.length > 0)
    await db
      .insertInto('clock')
      .values([...rows])
      .execute()
}

/**
 * Stores an incident's clocks as they are now counted, in the place of those before, and moves the month's figures by the
 * difference. A result that did not change keeps what it is grouped by. To be called with the incident locked.
 */
export async function replaceClocks(db: Db, incidentId: string, rows: readonly ClockRow[]): Promise<void> {
  const before = await db.selectFrom('clock').selectAll().where('clock.incidentId', '=', incidentId).execute()
  await moveFigures(db, incidentId, -1)
  const kept = new Set<string>()
  for (const row of rows) {
    const old = before.find(({ metric }) => metric === row.metric)
    if (old === undefined) {
      await db.insertInto('clock').values(row).execute()
      continue
    }
    kept.add(old.id)
    const unchanged =
      old.stoppedAt !== null &&
      old.stoppedAt.getTime() === row.stoppedAt?.getTime() &&
      old.state === row.state &&
      old.elapsedMs === row.elapsedMs &&
      old.targetId === row.targetId
    if (unchanged) continue
    await db
      .updateTable('clock')
      .set({ ...row, id: old.id })
      .where('clock.id', '=', old.id)
      .execute()
  }
  const gone = before.filter(({ id }) => !kept.has(id)).map(({ id }) => id)
  if (gone.length > 0) await db.deleteFrom('clock').where('clock.id', 'in', gone).execute()
  await moveFigures(db, incidentId, 1)
}

/** Adds an incident's results to its months' figures, or takes them out. */
async function moveFigures(db: Db, incidentId: string, sign: 1 | -1): Promise<void> {
  await sql`
    insert into attainment_month as m
      (customer_id, month, metric, priority, site_id, service_id, team_id, agreement_version_id, met, failed, excluded)
    select ${figureKey}, ${sql.lit(sign)} * count(*) filter (where ${isMet}), ${sql.lit(sign)} * count(*) filter (where ${isFailed}),
      ${sql.lit(sign)} * count(*) filter (where c.exclusion is not null)
    from clock c join customer u on u.id = c.customer_id
    where c.incident_id = ${incidentId} and ${isMeasured}
    group by ${sql.raw('1, 2, 3, 4, 5, 6, 7, 8')}
    order by ${sql.raw('1, 2, 3, 4, 5, 6, 7, 8')}
    on conflict (customer_id, metric, month, priority, site_id, service_id, team_id, agreement_version_id) do update
      set met = m.met + excluded.met, failed = m.failed + excluded.failed, excluded = m.excluded + excluded.excluded`.execute(
    db,
  )
}

const figureKey = sql.raw(
  "c.customer_id, date_trunc('month', c.stopped_at at time zone u.time_zone)::date, c.metric, c.priority, c.site_id, c.service_id, c.team_id, c.agreement_version_id",
)
const isMeasured = sql.raw("c.stopped_at is not null and c.state in ('met', 'breached-stopped')")
const isMet = sql.raw("c.state = 'met' and c.exclusion is null")
const isFailed = sql.raw("c.state = 'breached-stopped' and c.exclusion is null")

/**
 * Counts all figures of a customer anew from its clocks and incidents. What the source reported is counted in the month
 * in which the incident was resolved or, without that, closed.
 */
export async function recountAttainment(db: Db, customerId: string): Promise<void> {
  // Two at the same time would count twice what both see.
  await sql`select pg_advisory_xact_lock(hashtext('recount-attainment'), hashtext(${customerId}))`.execute(db)
  await db.deleteFrom('attainmentMonth').where('customerId', '=', customerId).execute()
  await sql`
    insert into attainment_month
      (customer_id, month, metric, priority, site_id, service_id, team_id, agreement_version_id, met, failed, excluded)
    select ${figureKey}, count(*) filter (where ${isMet}), count(*) filter (where ${isFailed}), count(*) filter (where c.exclusion is not null)
    from clock c join customer u on u.id = c.customer_id
    where c.customer_id = ${customerId} and ${isMeasured}
    group by ${sql.raw('1, 2, 3, 4, 5, 6, 7, 8')}
    union all
    select i.customer_id, date_trunc('month', coalesce(i.resolved_at, i.closed_at) at time zone u.time_zone)::date, 'reported',
      i.priority, i.site_id, i.service_id, i.team_id, null::uuid, count(*) filter (where i.reported_met), count(*) filter (where not i.reported_met), 0
    from incident i join customer u on u.id = i.customer_id
    where i.customer_id = ${customerId} and i.reported_met is not null and coalesce(i.resolved_at, i.closed_at) is not null
    group by ${sql.raw('1, 2, 3, 4, 5, 6, 7, 8')}`.execute(db)
}
