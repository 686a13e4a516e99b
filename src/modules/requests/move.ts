import { invalid, refused } from '#core/failure.ts'
import { reachable } from '#core/lifecycle.ts'
import { barredFromWorking, require } from '#core/may.ts'
import type { Context, Db } from '#platform/context.ts'
import { type Door, through } from './door.ts'
import type { RequestMove, RequestPage } from './api.ts'
import { takeUpAgain, writeUses } from './fulfil.ts'
import { barredFromConfirming, barredFromOrdering } from './may.ts'
import { cancelRequest, requireOffered, submitDraft } from './order.ts'
import { getRequest, type Kept, lockRequest } from './queries.ts'
import { requestLifecycle, type RequestState } from './request.ts'
import { enter, tell } from './tell.ts'

/** Orders a draft, cancels, confirms, takes up again or closes. */
export async function moveRequest(
  door: Door,
  idOrNumber: string,
  { to, note, answers }: RequestMove,
): Promise<RequestPage> {
  return through(
    door,
    async (context) => {
      const { actor } = context
      const request = await getRequest(context, idOrNumber)
      const of = [request.requester?.id ?? null, request.orderedBy?.id ?? null]
      const theirs = barredFromConfirming(actor, of)
      // What the customer's people say of their own, the desk may say for them, but not that it is right.
      if (to === 'submitted') await requireOffered(context, request)
      else if (to === 'confirmed' || to === 'fulfilling') require(theirs)
      else if (to === 'closed') require(barredFromWorking(actor))
      else if (theirs !== null) require(barredFromWorking(actor))
      if (to === 'fulfilling' && !note) {
        throw invalid('request.reason-needed', {}, { errors: [{ path: 'note', message: '' }] })
      }
      return request.id
    },
    async (context, id) => {
      await applyMove(context, id, { to, note, answers })
      return id
    },
    getRequest,
  )
}

/** The step itself: whose it is was decided before. */
export async function applyMove(context: Context, id: string, { to, note, answers }: RequestMove): Promise<void> {
  const kept = await lockRequest(context, id)
  const from = kept.state as RequestState
  // From approved to fulfilling it goes by itself.
  if (!reachable(requestLifecycle, from).includes(to) || (to === 'fulfilling' && from !== 'delivered')) {
    throw refused('request.cannot', { state: from, to })
  }
  if (to === 'submitted') await submitDraft(context, kept, answers)
  else if (to === 'cancelled') await cancelRequest(context, kept, note)
  else if (to === 'fulfilling') await takeUpAgain(context, kept, note!)
  else await enter(context, kept, to, { ...(note && { note }) })
}

interface Comment {
  readonly text: string
  readonly visibility: 'internal' | 'public'
}

/** Somebody says something: for everybody who sees the request, or among ourselves. */
export async function commentRequest(
  door: Door,
  idOrNumber: string,
  { text, visibility }: Comment,
): Promise<RequestPage> {
  return through(
    door,
    async (context) => {
      const { actor, db } = context
      require(barredFromOrdering(actor))
      const { id } = await getRequest(context, idOrNumber)
      return { id, ours: actor.access !== 'customer', author: await nameOf(db, actor.personId) }
    },
    async (context, { id, ours, author }) => {
      const kept = await lockRequest(context, id)
      // Who of ours said it is not told to customers; who of theirs did, is.
      const facts = { text, ours, ...(!ours && { author }) }
      await tell(context, kept, 'request.comment', facts, ours ? visibility : 'public')
      await context.db
        .updateTable('request')
        .set({ updatedAt: context.now, version: kept.version + 1 })
        .where('id', '=', id)
        .execute()
      return id
    },
    getRequest,
  )
}

async function nameOf(db: Db, personId: string | null): Promise<string> {
  const row = await db.selectFrom('person').select('name').where('id', '=', personId).executeTakeFirst()
  return row?.name ?? ''
}

/** Somebody opened these answers, because they needed them. What whoever ordered reads of their own counts for nothing. */
export async function useAnswers(door: Door, idOrNumber: string, fields: readonly string[]): Promise<null> {
  return through(
    door,
    async (context) => {
      const { id, requester, orderedBy } = await getRequest(context, idOrNumber)
      const own = [requester?.id, orderedBy?.id].includes(context.actor.personId ?? '')
      return { id, own }
    },
    async (context, { id, own }) => {
      if (!own && context.actor.personId !== null) await writeUses(context, await lockRequest(context, id), fields)
      return id
    },
    async () => null,
  )
}

const CONFIRMED_DAYS = 2
const DELIVERED_DAYS = 14
const DAY_MS = 86_400_000

/** What was confirmed, and what nobody said a word about for two weeks, is over. */
export async function closeOld(context: Context): Promise<void> {
  const { db, now } = context
  const before = (days: number) => new Date(now.getTime() - days * DAY_MS)
  const rows = await db
    .selectFrom('request')
    .select('id')
    .where((where) =>
      where.or([
        where.and([where('state', '=', 'confirmed'), where('updatedAt', '<', before(CONFIRMED_DAYS))]),
        where.and([where('state', '=', 'delivered'), where('updatedAt', '<', before(DELIVERED_DAYS))]),
      ]),
    )
    .limit(1000)
    .execute()
  for (const { id } of rows) {
    const kept = await lockRequest(context, id)
    // Somebody may have said something while it was waited for.
    if (isOld(kept, now)) await enter(context, kept, 'closed', { automatic: true })
  }
}

function isOld({ state, updatedAt }: Pick<Kept, 'state' | 'updatedAt'>, now: Date): boolean {
  const days = state === 'confirmed' ? CONFIRMED_DAYS : state === 'delivered' ? DELIVERED_DAYS : Infinity
  return now.getTime() - updatedAt.getTime() > days * DAY_MS
}
