import { sql } from 'kysely'
import { type Alarm, BREACH_BP, LATE_AFTER_MS } from '#core/alarm.ts'
import type { Context, Db } from '#platform/context.ts'
import { type Fact, record } from '#platform/history.ts'

/** Told in one transaction. */
const BATCH = 500

/** Clocks of a promise to a customer, and those of what stands behind it. */
const tables = ['clock', 'clock_behind'] as const
type Table = (typeof tables)[number]

/** The moment at which something is next to be told of any clock; null when there is nothing. A look at the ends of two indexes. */
export async function nextAlarmAt(db: Db): Promise<Date | null> {
  const { rows } = await sql<{ readonly at: Date | null }>`
    select least(
      (select alarm_at from clock where alarm_at is not null order by alarm_at limit 1),
      (select alarm_at from clock_behind where alarm_at is not null order by alarm_at limit 1)) as at`.execute(db)
  return rows[0]?.at ?? null
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
  /** Of a clock behind another: whose promise it is. */
  readonly agreementId: string | null
  readonly agreement: string | null
}

/**
 * Writes down what is due to be told by now, as facts of the incidents with the moment at which each was true, in the
 * order of those moments; what is told late is marked so. Clocks that another process has in hand are left to it, so that
 * each is told once however many do this. A batch at a time: to be called until nothing is due.
 *
 * @returns How many clocks there was something to tell of.
 */
export async function tellDueAlarms(context: Context, limit = BATCH): Promise<number> {
  let count = 0
  for (const table of tables) count += await tellDue(context, table, limit)
  return count
}

async function tellDue(context: Context, table: Table, limit: number): Promise<number> {
  const { db, now } = context
  const rows = await takeDue(db, table, now, limit)
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
  await moveOn(db, table, told)
  return rows.length
}

async function takeDue(db: Db, table: Table, now: Date, limit: number): Promise<readonly DueClock[]> {
  const columns = sql.raw(
    'c.id, c.incident_id, c.customer_id, c.metric, c.number, c.round, c.target_ms, c.due_at, c.attached_at, c.alarm_at, c.alarms',
  )
  const { rows } =
    table === 'clock'
      ? await sql<DueClock>`
          select ${columns}, null as agreement_id, null as agreement from clock c
          where c.alarm_at <= ${now} order by c.alarm_at, c.id limit ${limit} for update skip locked`.execute(db)
      : await sql<DueClock>`
          select ${columns}, a.id as agreement_id, a.name as agreement
          from clock_behind c join agreement a on a.id = c.agreement_id
          where c.alarm_at <= ${now} order by c.alarm_at, c.id limit ${limit} for update of c skip locked`.execute(db)
  return rows
}

function factOf(
  { incidentId, customerId, metric, round, targetMs, dueAt, attachedAt, agreementId, agreement }: DueClock,
  { shareBp, at }: Alarm,
  now: Date,
): Fact {
  // Of a promise that was attached later nothing was true before.
  const attached = attachedAt !== null && attachedAt.getTime() > at
  const occurredAt = attached ? attachedAt : new Date(at)
  const breached = shareBp === BREACH_BP
  const isBehind = agreementId !== null
  const kind = isBehind
    ? (`clock.behind-${breached ? 'breached' : 'at-risk'}` as const)
    : (`clock.${breached ? 'breached' : 'at-risk'}` as const)
  return {
    subjectType: 'incident',
    subjectId: incidentId,
    customerId,
    kind,
    facts: {
      metric,
      due: dueAt,
      ...(isBehind && { agreement: agreementId, name: agreement }),
      ...(!breached && { percent: shareBp / 100 }),
      ...(attached && { onAttach: true }),
      ...(now.getTime() - occurredAt.getTime() > LATE_AFTER_MS && { late: true }),
    },
    // A customer may know that a promise was missed; that it might be, and what others promised for it, is ours to worry about.
    visibility: breached && !isBehind ? 'public' : 'internal',
    occurredAt,
    sourceKey: `alarm ${isBehind ? `${agreementId} ` : ''}${metric} ${round} ${targetMs} ${shareBp}`,
  }
}

interface ToldClock {
  readonly clock: DueClock
  readonly due: readonly Alarm[]
  readonly left: readonly Alarm[]
}

/** Sets the clocks to what is next to be told of them; those that are breached by now say so. */
async function moveOn(db: Db, table: Table, told: readonly ToldClock[]): Promise<void> {
  const breaches = told.map(({ due }) => due.find(({ shareBp }) => shareBp === BREACH_BP))
  const values = sql`unnest(
      ${told.map(({ clock }) => clock.id)}::uuid[], ${told.map(({ left }) => dateOf(left[0]))}::timestamptz[],
      ${told.map(({ left }) => (left.length === 0 ? null : JSON.stringify(left)))}::jsonb[],
      ${told.map(({ due }) => due.at(-1)?.shareBp ?? 0)}::int[], ${breaches.map(dateOf)}::timestamptz[]
    ) as n(id, alarm_at, alarms, told_bp, breached_at)`
  const to = sql.raw(`alarm_at = n.alarm_at, alarms = n.alarms, told_bp = greatest(c.told_bp, n.told_bp),
      breached_at = case when c.state = 'running' then n.breached_at else c.breached_at end,
      state = case when c.state = 'running' and n.breached_at is not null then 'breached-running' else c.state end`)
  if (table === 'clock') await sql`update clock c set ${to} from ${values} where c.id = n.id`.execute(db)
  else await sql`update clock_behind c set ${to} from ${values} where c.id = n.id`.execute(db)
}

function dateOf(alarm: Alarm | undefined): Date | null {
  return alarm === undefined ? null : new Date(alarm.at)
}
