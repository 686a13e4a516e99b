import type { Context } from '#platform/context.ts'
import { audit, type Fact, record } from '#platform/history.ts'
import { countOf } from './promise.ts'
import { type Kept, lockRequest } from './queries.ts'
import { openRequestStates, type RequestState } from './request.ts'
import { settlePromises } from './settle.ts'

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
  const recounted = { kept, counted: await countOf(db, kept, now) }
  const settled = await settlePromises(db, [recounted], { now, cause: 'history' })
  await db
    .updateTable('request')
    .set({
      ...change,
      ...settled.get(id),
      updatedAt: now,
      version: kept.version + 1,
    })
    .where('id', '=', id)
    .execute()
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
