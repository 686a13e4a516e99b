import { invalid, notFound, refused } from '#core/failure.ts'
import { require } from '#core/may.ts'
import type { Context } from '#platform/context.ts'
import type { Approval, Decision } from './api.ts'
import { approvalOf, requireApproval } from './approval-queries.ts'
import { type Door, through } from './door.ts'
import { advance } from './fulfil.ts'
import { barredFromDeciding } from './may.ts'
import { getRequest, type Kept, lockRequest } from './queries.ts'
import { enter, store, tell } from './tell.ts'

/** Asks whoever is to be asked next; when nobody is left, the work begins. To be called with the request locked. */
export async function askNext(context: Context, kept: Pick<Kept, 'id' | 'customerId' | 'state'>): Promise<void> {
  const { db, now } = context
  const next = await db
    .selectFrom('requestApproval as a')
    .leftJoin('person', 'person.id', 'a.personId')
    .select(['a.id', 'a.level', 'a.by', 'person.customerId'])
    .where('a.requestId', '=', kept.id)
    .where('a.state', '=', 'later')
    .orderBy('a.level')
    .limit(1)
    .executeTakeFirst()
  if (next === undefined) {
    await enter(context, kept, 'approved')
    await advance(context, { ...kept, state: 'approved' })
    return
  }
  await db.updateTable('requestApproval').set({ state: 'waiting', askedAt: now }).where('id', '=', next.id).execute()
  const { level, by } = next
  const side = by === 'customer-stakeholder' || (by === 'person' && next.customerId !== null) ? 'customer' : 'provider'
  await tell(context, kept, 'request.approval-asked', { level, by, side })
  if (kept.state === 'awaiting-approval') await store(context, kept.id)
  else await enter(context, kept, 'awaiting-approval')
}

/** Somebody says yes or no. A no ends the request; a yes asks the next, or lets the work begin. */
export async function decideApproval(
  door: Door,
  { id, approval }: { readonly id: string; readonly approval: string },
  { decision, note }: Decision,
): Promise<Approval> {
  return through(
    door,
    async (context) => {
      const request = await getRequest(context, id)
      const asked = await requireApproval(context, request.id, approval)
      const of = [request.requester?.id ?? null, request.orderedBy?.id ?? null]
      require(barredFromDeciding(context.actor, { by: asked.by, personId: asked.person?.id ?? null, of }))
      if (decision === 'rejected' && !note) {
        throw invalid('request.reason-needed', {}, { errors: [{ path: 'note', message: '' }] })
      }
      return request.id
    },
    async (context, requestId) => {
      await applyDecision(context, requestId, approval, { decision, note })
      return approval
    },
    approvalOf,
  )
}

/** The decision itself: whose it is was decided before. */
export async function applyDecision(
  context: Context,
  requestId: string,
  approval: string,
  { decision, note }: Decision,
): Promise<void> {
  const { db, now, actor } = context
  const kept = await lockRequest(context, requestId)
  const row = await db
    .selectFrom('requestApproval')
    .select(['id', 'level', 'state', 'by'])
    .where('id', '=', approval)
    .where('requestId', '=', requestId)
    .executeTakeFirst()
  if (row === undefined) throw notFound('request-approval.not-found')
  if (row.state !== 'waiting') throw refused('request.decided')
  await db
    .updateTable('requestApproval')
    .set({ state: decision, decidedAt: now, decidedBy: actor.personId, note: note ?? null })
    .where('id', '=', approval)
    .execute()
  await tell(context, kept, 'request.approval', { level: row.level, by: row.by, decision, ...(note && { note }) })
  if (decision === 'approved') {
    await askNext(context, kept)
    return
  }
  await db
    .updateTable('requestApproval')
    .set({ state: 'cancelled' })
    .where('requestId', '=', requestId)
    .where('state', '=', 'later')
    .execute()
  await db.updateTable('requestTask').set({ state: 'cancelled' }).where('requestId', '=', requestId).execute()
  await enter(context, kept, 'rejected', { ...(note && { note }) })
}
