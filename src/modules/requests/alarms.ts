import { sql } from 'kysely'
import { type Alarm, BREACH_BP, LATE_AFTER_MS } from '#core/alarm.ts'
import type { Context, Db } from '#platform/context.ts'
import { type Fact, record } from '#platform/history.ts'

/** Told in one transaction. */
const BATCH = 200

/** The moment at which something is next to be told of any promise; null when there is nothing. A look at an index's end. */
export async function nextAlarmAt(db: Db): Promise<Date | null> {
  const row = await db
    .selectFrom('request')
    .select('alarmAt')
    .where('alarmAt', 'is not', null)
    .orderBy('alarmAt')
    .limit(1)
    .executeTakeFirst()
  return row?.alarmAt ?? null
}

/**
 * Writes down what is due to be told of promises by now, as facts of the requests with the moment at which each was true, in
 * the order of those moments; what is told late is marked so. What another process has in hand is left to it, so that each is
 * told once. A batch at a time: to be called until nothing is due.
 *
 * @returns Of how many requests there was something to tell.
 */
export async function tellDueAlarms(context: Context, limit = BATCH): Promise<number> {
  const { db, now } = context
  const rows = await db
    .selectFrom('request')
    .select(['id', 'customerId', 'promisedAt', 'alarmAt', 'alarms', 'toldBp'])
    .where('alarmAt', '<=', now)
    .orderBy('alarmAt')
    .orderBy('id')
    .limit(limit)
    .forUpdate()
    .skipLocked()
    .execute()
  if (rows.length === 0) return 0
  // Beyond the last of a full batch others may come first.
  const until = rows.length === limit ? rows.at(-1)!.alarmAt!.getTime() : now.getTime()
  const told = rows.map(({ alarms, ...request }) => {
    const all = (alarms ?? []) as unknown as readonly Alarm[]
    const due = all.filter(({ at }) => at <= until)
    return { request, due, left: all.slice(due.length) }
  })
  const facts = told
    .flatMap(({ request, due }) => due.map((alarm) => ({ at: alarm.at, fact: factOf(request, alarm, now) })))
    .toSorted((one, other) => one.at - other.at)
    .map(({ fact }) => fact)
  if (facts.length > 0) await record(context, ...facts)
  const next = ({ left }: (typeof told)[number]) => (left[0] === undefined ? null : new Date(left[0].at))
  await sql`
    update request r set alarm_at = n.alarm_at, alarms = n.alarms, told_bp = greatest(r.told_bp, n.told_bp)
    from unnest(${told.map(({ request }) => request.id)}::uuid[], ${told.map(next)}::timestamptz[],
      ${told.map(({ left }) => (left.length === 0 ? null : JSON.stringify(left)))}::jsonb[],
      ${told.map(({ due }) => due.at(-1)?.shareBp ?? 0)}::int[]) as n(id, alarm_at, alarms, told_bp)
    where r.id = n.id`.execute(db)
  return rows.length
}

interface Promised {
  readonly id: string
  readonly customerId: string
  readonly promisedAt: Date | null
}

function factOf({ id, customerId, promisedAt }: Promised, { shareBp, at }: Alarm, now: Date): Fact {
  const breached = shareBp === BREACH_BP
  return {
    subjectType: 'request',
    subjectId: id,
    customerId,
    kind: breached ? 'request.breached' : 'request.at-risk',
    facts: {
      due: promisedAt,
      ...(!breached && { percent: shareBp / 100 }),
      ...(now.getTime() - at > LATE_AFTER_MS && { late: true }),
    },
    // A customer may know that a promise was missed; that it might be is ours to worry about.
    visibility: breached ? 'public' : 'internal',
    occurredAt: new Date(at),
  }
}
