import { askOf, type Excludable, excludableResult, type Exclusion } from '#modules/service-levels'
import type { Context } from '#platform/context.ts'
import { audit } from '#platform/history.ts'
import { countOf } from './promise.ts'
import { getRequest, type Kept, lockRequest } from './queries.ts'
import { settlePromises, toldNow } from './settle.ts'

export interface ExcludableOrder extends Excludable {
  readonly requestId: string
  readonly customerId: string
  readonly number: string
}

/** What was told of an order, if it can be left out of the figures: it counts somewhere, and is not left out already. */
export async function requireExcludableOrder(context: Context, idOrNumber: string): Promise<ExcludableOrder> {
  const { id } = await getRequest(context, idOrNumber)
  const kept = await context.db.selectFrom('request').selectAll().where('id', '=', id).executeTakeFirstOrThrow()
  return excludableOf(context, kept)
}

async function excludableOf({ db, now }: Pick<Context, 'db' | 'now'>, kept: Kept): Promise<ExcludableOrder> {
  const { id, customerId, number } = kept
  const told = toldNow(kept, await countOf(db, kept, now))
  const found = await excludableResult(askOf(db), 'request', { id, customerId, told })
  return { requestId: id, customerId, number, ...found }
}

/** Leaves what was told of an order out of the figures; of a locked month by an adjustment. What it was stays readable. */
export async function excludeOrder(context: Context, idOrNumber: string, exclusion: Exclusion): Promise<void> {
  const { db, now } = context
  const { id } = await getRequest(context, idOrNumber)
  const before = await lockRequest(context, id)
  const { locked } = await excludableOf(context, before)
  const kept: Kept = { ...before, exclusion: { ...exclusion } }
  const recounted = { kept, counted: await countOf(db, kept, now) }
  const { correctionId, reason } = exclusion
  const settled = await settlePromises(db, [recounted], { now, cause: 'correction', correctionId })
  await db
    .updateTable('request')
    .set({
      ...settled.get(id),
      ...(!locked && { exclusion: JSON.stringify(exclusion) }),
      updatedAt: now,
      version: before.version + 1,
    })
    .where('id', '=', id)
    .execute()
  const about = { subjectType: 'request', subjectId: id, customerId: before.customerId } as const
  await audit(context, { action: 'request.excluded', ...about, facts: { reason } })
}
