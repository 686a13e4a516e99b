import { sql } from 'kysely'
import { type Alarm, BREACH_BP, LATE_AFTER_MS } from '#core/alarm.ts'
import type { Context, Db } from '#platform/context.ts'
import { type Fact, record } from '#platform/history.ts'

/** Told in one transaction. */
const BATCH = 500

/** The moment at which something is next to be told of any clock; null when there is nothing. A look at an index's end. */
export async function nextAlarmAt(db: Db): Promise<Date | null> {
  const row = await db
    .selectFrom('clock')
    .select('alarmAt')
    .where('alarmAt', 'is not', null)
    .orderBy('alarmAt')
    .limit(1)
    .executeTakeFirst()
  return row?.alarmAt ?? null
}

interface DueClock {
  readonly id: string
  readonly incidentId: string
  readonly customerId: string
  readonly metric: string
  readonly number: string
  readonly round: number
  readonly targetMs: number
  readonly dueAt: Date | null
  readonly attachedAt: Date | null
  readonly alarmAt: Date
  readonly alarms: readonly Alarm[] | null
}

/**
 * Writes down what is due to be told by now, as facts of the incidents with the moment at which each was true, in the
 * order of those moments; what is told late is marked so. Clocks that another process has in hand are left to it, so that
 * each is told once however many do this. A batch at a time: to be called until nothing is due.
 *
 * @returns How many clocks there was something to tell of.
 */
export async function tellDueAlarms(context: Context, limit = BATCH): Promise<number> {
  const { db, now } = context
  const { rows } = await sql<DueClock>`
    select id, incident_id, customer_id, metric, number, round, target_ms, due_at, attached_at, alarm_at, alarms from clock
    where alarm_at <= ${now} order by alarm_at, id limit ${limit} for update skip locked`.execute(db)
  if (rows.length === 0) return 0
  // Beyond the last of a full batch others may come first.
  const until = rows.length === limit ? Math.max(...rows.map(({ alarmAt }) => alarmAt.getTime())) : now.getTime()
  const told = rows.map((clock) => {
    const alarms = clock.alarms ?? []
    const due = alarms.filter(({ at }) => at <= until)
    return { clock, due, left: alarms.slice(due.length) }
  })
  const facts = told
    .flatMap(({ clock, due }) => due.map((alarm) => ({ at: alarm.at, fact: factOf(clock, alarm, now) })))
    .toSorted((one, other) => one.at - other.at)
    .map(({ fact }) => fact)
  if (facts.length > 0) await record(context, ...facts)
  await moveOn(db, told)
  return rows.length
}

function factOf(
  { incidentId, customerId, metric, round, targetMs, dueAt, attachedAt }: DueClock,
  { shareBp, at }: Alarm,
  now: Date,
): Fact {
  // Of a promise that was attached later nothing was true before.
  const attached = attachedAt !== null && attachedAt.getTime() > at
  const occurredAt = attached ? attachedAt : new Date(at)
  const breached = shareBp === BREACH_BP
  return {
    subjectType: 'incident',
    subjectId: incidentId,
    customerId,
    kind: breached ? 'clock.breached' : 'clock.at-risk',
    facts: {
      metric,
      due: dueAt,
      ...(!breached && { percent: shareBp / 100 }),
      ...(attached && { onAttach: true }),
      ...(now.getTime() - occurredAt.getTime() > LATE_AFTER_MS && { late: true }),
    },
    // A customer may know that a promise was missed; that it might be is ours to worry about.
    visibility: breached ? 'public' : 'internal',
    occurredAt,
    sourceKey: `alarm ${metric} ${round} ${targetMs} ${shareBp}`,
  }
}

interface ToldClock {
  readonly clock: DueClock
  readonly due: readonly Alarm[]
  readonly left: readonly Alarm[]
}

/** Sets the clocks to what is next to be told of them; those that are breached by now say so. */
async function moveOn(db: Db, told: readonly ToldClock[]): Promise<void> {
  const breaches = told.map(({ due }) => due.find(({ shareBp }) => shareBp === BREACH_BP))
  await sql`
    update clock set alarm_at = n.alarm_at, alarms = n.alarms, told_bp = greatest(clock.told_bp, n.told_bp),
      breached_at = case when clock.state = 'running' then n.breached_at else clock.breached_at end,
      state = case when clock.state = 'running' and n.breached_at is not null then 'breached-running' else clock.state end
    from unnest(
      ${told.map(({ clock }) => clock.id)}::uuid[], ${told.map(({ left }) => dateOf(left[0]))}::timestamptz[],
      ${told.map(({ left }) => (left.length === 0 ? null : JSON.stringify(left)))}::jsonb[],
      ${told.map(({ due }) => due.at(-1)?.shareBp ?? 0)}::int[], ${breaches.map(dateOf)}::timestamptz[]
    ) as n(id, alarm_at, alarms, told_bp, breached_at)
    where clock.id = n.id`.execute(db)
}

function dateOf(alarm: Alarm | undefined): Date | null {
  return alarm === undefined ? null : new Date(alarm.at)
}
