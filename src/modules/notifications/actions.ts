import { Failure, notFound } from '#core/failure.ts'
import { getIncident } from '#modules/incidents'
import type { Context } from '#platform/context.ts'
import { sendSignal } from '#platform/live.ts'

/** Marks one of the caller's own; what was read goes out by no mail. */
export async function markNotification(context: Context, id: string, read: boolean): Promise<void> {
  const { db, actor, now } = context
  const { numUpdatedRows: marked } = await db
    .updateTable('notification')
    .set(read ? { readAt: now, mailDueAt: null } : { readAt: null })
    .where('id', '=', id)
    .where('personId', '=', actor.personId)
    .executeTakeFirst()
  if (marked === 0n) throw notFound('notification.not-found')
  await tellOwnPages(context)
}

/** Marks all of the caller's own as read that came until a moment, or those about one record. */
export async function markNotifications(
  context: Context,
  { until, subject }: { readonly until?: Date | undefined; readonly subject?: string | undefined },
): Promise<number> {
  const { db, actor, now } = context
  const { numUpdatedRows: marked } = await db
    .updateTable('notification')
    .set({ readAt: now, mailDueAt: null })
    .where('personId', '=', actor.personId)
    .where('readAt', 'is', null)
    .where('createdAt', '<=', until ?? now)
    .$if(subject !== undefined, (query) => query.where('subjectId', '=', subject!))
    .executeTakeFirst()
  if (marked > 0n) await tellOwnPages(context)
  return Number(marked)
}

/** The bell of the caller's other pages. */
async function tellOwnPages({ db, actor }: Context): Promise<void> {
  if (actor.personId !== null) await sendSignal(db, { what: 'notification', people: [actor.personId], data: {} })
}

/** Follows an incident that the caller sees. */
export async function watchIncident(context: Context, idOrNumber: string): Promise<void> {
  const { actor } = context
  const { id, customer } = await getIncident(context, idOrNumber)
  const personId = requirePersonId(context)
  // An auditor reads, and is told of nothing.
  if (actor.access === 'auditor') throw new Failure('forbidden', 'may.read-only')
  await addWatcher(context, { id, customerId: customer.id }, personId)
}

/**
 * Lets somebody follow an incident; what they do not see of it they are not told.
 *
 * @returns whether they did not yet.
 */
export async function addWatcher(
  { db, now }: Context,
  { id, customerId }: { readonly id: string; readonly customerId: string },
  personId: string,
): Promise<boolean> {
  const { numInsertedOrUpdatedRows: added } = await db
    .insertInto('incidentWatcher')
    .values({ incidentId: id, personId, customerId, since: now })
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirst()
  return added === 1n
}

/** Follows it no more; nothing happens when they did not. */
export async function unwatchIncident(context: Context, idOrNumber: string): Promise<void> {
  const { id } = await getIncident(context, idOrNumber)
  await context.db
    .deleteFrom('incidentWatcher')
    .where('incidentId', '=', id)
    .where('personId', '=', requirePersonId(context))
    .execute()
}

function requirePersonId({ actor }: Context): string {
  if (actor.personId === null) throw new Failure('unauthenticated', 'sign-in.needed')
  return actor.personId
}
