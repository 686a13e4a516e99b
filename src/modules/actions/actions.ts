import { Failure, invalid, notFound, refused } from '#core/failure.ts'
import { newId } from '#core/id.ts'
import { reachable } from '#core/lifecycle.ts'
import { require } from '#core/may.ts'
import { requirePerson } from '#modules/people'
import type { Context } from '#platform/context.ts'
import { audit, record } from '#platform/history.ts'
import { actionLifecycle, type ActionState, openActionStates } from './action.ts'
import type { Action, ActionChange, ActionMove, NewAction } from './api.ts'
import { barredFromActing, barredFromVerifying } from './may.ts'
import { originOf } from './origin.ts'
import { readAction } from './queries.ts'

/** Makes an action, from a record or by itself. Its owner is of ours, of its customer, or named where nobody knows them. */
export async function makeAction(context: Context, asked: NewAction): Promise<Action> {
  const { db, now, actor } = context
  require(barredFromActing(actor))
  const { customer, origin, owner, ownerName, forum, ...given } = asked
  const from = await originOf(context, { origin, customer })
  if (given.shared && from.customerId === null) throw invalid('action.nobody-to-share')
  const who = await ownerOf(context, from.customerId, { owner, ownerName })
  const forumId = await forumOf(context, from, forum)
  const id = newId(now.getTime())
  await db
    .insertInto('action')
    .values({ id, ...from, ...who, ...given, forumId, firstDue: given.due, madeBy: actor.personId, madeAt: now })
    .execute()
  const { due, text } = given
  await tell(context, { id, customerId: from.customerId }, 'action.made', {
    text,
    due,
    ...(from.originKind !== null && { origin: from.originLabel }),
  })
  return readAction(context, id)
}

/** Changes what is given. Another day needs a reason and is counted; the day that was said first stays. */
export async function changeAction(
  context: Context,
  id: string,
  version: number,
  { owner, ownerName, due, reason, forum, ...change }: ActionChange,
): Promise<Action> {
  require(barredFromActing(context.actor))
  const kept = await lockAction(context, id)
  if (kept.version !== version) throw new Failure('moved-on', 'request.moved-on')
  if (!openActionStates.includes(kept.state as ActionState)) throw refused('action.over')
  if (change.shared === true && kept.customerId === null) throw invalid('action.nobody-to-share')
  const redated = due !== undefined && due !== kept.due
  if (redated && reason === undefined) throw needed('action.reason-needed', 'reason')
  const gives = owner !== undefined || ownerName !== undefined
  const who = gives ? await ownerOf(context, kept.customerId, { owner, ownerName }) : {}
  const followed = forum === null || forum === undefined ? forum : await forumOf(context, kept, forum)
  await update(context, kept, {
    ...change,
    ...who,
    ...(followed !== undefined && { forumId: followed }),
    ...(redated && { due, redated: kept.redated + 1 }),
  })
  if (redated) await tell(context, kept, 'action.redated', { from: kept.due, to: due, reason })
  const facts = { ...change, ...(owner && { owner }), ...(ownerName && { ownerName }), ...(forum && { forum }) }
  if (Object.keys(facts).length > 0) await tell(context, kept, 'action.changed', facts)
  return readAction(context, id)
}

/** Moves it on (DOMAIN §2.7). Done needs evidence; that it is done says another than who owns it. */
export async function moveAction(context: Context, id: string, { to, evidence, reason }: ActionMove): Promise<Action> {
  const { actor, now } = context
  require(barredFromActing(actor))
  const kept = await lockAction(context, id)
  const from = kept.state as ActionState
  if (!reachable(actionLifecycle, from).includes(to)) {
    throw refused('action.cannot', { state: from, to })
  }
  const returns = from === 'done-claimed' && to === 'in-progress'
  if (to === 'done-claimed' && evidence === undefined) throw needed('action.evidence-needed', 'evidence')
  if ((to === 'cancelled' || returns) && reason === undefined) throw needed('action.why-needed', 'reason')
  if (to === 'verified') {
    require(barredFromVerifying(actor, { owner: kept.ownerId === null ? null : { id: kept.ownerId } }))
  }
  await update(context, kept, {
    state: to,
    ...(to === 'done-claimed' && { evidence, doneBy: actor.personId, doneAt: now }),
    ...(returns && { doneBy: null, doneAt: null }),
    ...(to === 'verified' && { verifiedBy: actor.personId, verifiedAt: now, closedAt: now }),
    ...(to === 'cancelled' && { cancelReason: reason, closedAt: now }),
  })
  await tell(context, kept, 'action.state', { from, to, ...(evidence && { evidence }), ...(reason && { reason }) })
  return readAction(context, id)
}

interface Subject {
  readonly customerId: string | null
  readonly originKind?: string | null
  readonly originId?: string | null
}

/** Where it is followed: a forum of its customer or over all, that of the meeting that it is made in unless one is given. */
async function forumOf(
  { db }: Context,
  { customerId, originKind, originId }: Subject,
  given: string | undefined,
): Promise<string | null> {
  const inMeeting = originKind === 'forum-run' && given === undefined
  if (given === undefined && !inMeeting) return null
  const row = await db
    .selectFrom('forum')
    .select(['forum.id', 'forum.customerId'])
    .$if(!inMeeting, (query) => query.where('forum.id', '=', given!))
    .$if(inMeeting, (query) =>
      query.where('forum.id', 'in', (runs) =>
        runs
          .selectFrom('forumRun')
          .select('forumRun.forumId')
          .where('forumRun.id', '=', originId ?? null),
      ),
    )
    .executeTakeFirst()
  if (row === undefined || (row.customerId !== null && row.customerId !== customerId)) throw notFound('forum.not-found')
  return row.id
}

interface OwnerGiven {
  readonly owner?: string | undefined
  readonly ownerName?: string | undefined
}

/** Whose it is to do, as columns. Whoever makes it, unless somebody is named. */
async function ownerOf({ db, actor }: Context, customerId: string | null, { owner, ownerName }: OwnerGiven) {
  if (owner !== undefined && ownerName !== undefined) throw needed('action.one-owner', 'owner')
  if (ownerName !== undefined) return { ownerId: null, ownerName, ownerSide: 'other' } as const
  const chosen = owner ?? actor.personId
  if (chosen === null) throw needed('action.owner-needed', 'owner')
  const person = await requirePerson(db, chosen)
  if (person.customerId === null) return { ownerId: chosen, ownerName: null, ownerSide: 'provider' } as const
  if (person.customerId !== customerId) throw needed('action.owner-elsewhere', 'owner')
  return { ownerId: chosen, ownerName: null, ownerSide: 'customer' } as const
}

type Kept = Awaited<ReturnType<typeof lockAction>>

async function lockAction({ db }: Context, id: string) {
  const kept = await db
    .selectFrom('action')
    .select(['id', 'customerId', 'state', 'due', 'redated', 'ownerId', 'version'])
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirst()
  if (kept === undefined) throw notFound('action.not-found')
  return kept
}

async function update({ db }: Context, { id, version }: Kept, values: Readonly<Record<string, unknown>>) {
  await db
    .updateTable('action')
    .set({ ...values, version: version + 1 })
    .where('id', '=', id)
    .execute()
}

async function tell(
  context: Context,
  { id, customerId }: { readonly id: string; readonly customerId: string | null },
  kind: `action.${string}`,
  facts: Readonly<Record<string, unknown>>,
): Promise<void> {
  const about = { subjectType: 'action', subjectId: id, customerId } as const
  await record(context, { ...about, kind, facts })
  await audit(context, { action: kind, ...about, facts })
}

type Needed =
  | 'action.reason-needed'
  | 'action.why-needed'
  | 'action.evidence-needed'
  | 'action.owner-needed'
  | 'action.one-owner'
  | 'action.owner-elsewhere'

function needed(code: Needed, path: string): Failure {
  return invalid(code, {}, { errors: [{ path, message: '' }] })
}
