import { alarmsOf, toldOf } from '#core/alarm.ts'
import type { ClockResult } from '#core/clock-terms.ts'
import { storedAlarms } from '#modules/service-levels'
import type { Context, Db } from '#platform/context.ts'
import { audit, type Fact, record } from '#platform/history.ts'
import { countOf } from './promise.ts'
import { type Kept, lockRequest } from './queries.ts'
import { openRequestStates, type RequestState } from './request.ts'

/** Writes down what happened to a request, for its customer to read unless said otherwise. */
export async function tell(
  context: Context,
  { id, customerId }: Pick<Kept, 'id' | 'customerId'>,
  kind: `request.${string}`,
  facts: Readonly<Record<string, unknown>> = {},
  visibility: 'public' | 'internal' = 'public',
): Promise<void> {
  const about = { subjectType: 'request', subjectId: id, customerId } as const
  const fact: Fact = { ...about, kind, facts, visibility }
  await record(context, fact)
  await audit(context, { action: kind, ...about, facts })
}

/** Stores what became of a request, after its facts were told: the promise is counted anew from them. */
export async function store({ db, now }: Context, id: string, change: Record<string, unknown> = {}): Promise<void> {
  const kept = await lockRequest({ db }, id)
  await db
    .updateTable('request')
    .set({
      ...change,
      ...(await promiseColumns(db, kept, now)),
      updatedAt: now,
      version: kept.version + 1,
    })
    .where('id', '=', id)
    .execute()
}

/** What is stored of a promise, counted anew: whether it was kept, when it is due, and what is still to be told of it. */
export async function promiseColumns(db: Db, kept: Kept, now: Date) {
  const counted = await countOf(db, kept, now)
  const dueAt = counted?.result.dueAt ?? null
  const alarms = counted === null ? [] : alarmsOf(counted.result, counted.atRiskBp, now.getTime())
  const isNew = kept.alarmAt === null && kept.toldBp === 0
  // What was passed before anything could be told of it is told once, as the highest of it.
  const promise = { round: 0, targetMs: 0 }
  const before = isNew ? null : { ...promise, toldBp: kept.toldBp }
  const toldBp = toldOf(promise, before, alarms, now.getTime())
  return {
    fulfilmentMet: metOf(counted?.result),
    promisedAt: dueAt === null ? null : new Date(dueAt),
    toldBp,
    ...storedAlarms(alarms, toldBp),
  }
}

/** Whether it was delivered in time; null until it is, and where nothing was promised. */
function metOf(result: ClockResult | undefined): boolean | null {
  if (result?.state === 'met') return true
  return result?.state === 'breached-stopped' ? false : null
}

/** Moves a request on, and tells of it. */
export async function enter(
  context: Context,
  kept: Pick<Kept, 'id' | 'customerId' | 'state'>,
  to: RequestState,
  facts: Readonly<Record<string, unknown>> = {},
): Promise<void> {
  await tell(context, kept, 'request.state', { from: kept.state, to, ...facts })
  const { now } = context
  await store(context, kept.id, {
    state: to,
    ...(to === 'delivered' && { deliveredAt: now }),
    ...(kept.state === 'delivered' && to === 'fulfilling' && { deliveredAt: null }),
    ...(!openRequestStates.includes(to) && to !== 'delivered' && to !== 'confirmed' && { closedAt: now }),
  })
}
