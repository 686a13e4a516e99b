import { invalid, refused } from '#core/failure.ts'
import { correctedHistory } from '#core/corrected-facts.ts'
import { isBetween, outOfOrder, requirePast } from '#modules/incidents'
import type { Context, Db } from '#platform/context.ts'
import { audit, record } from '#platform/history.ts'
import { countOf, readFacts } from './promise.ts'
import { getRequest, type Kept, lockRequest } from './queries.ts'
import { type ApprovalSide, isCounted, type RequestFact } from './request.ts'
import { toldNow } from './settle.ts'

export interface OrderFactCorrection {
  /** Id or number. */
  readonly request: string
  readonly factId: string
  /** When it really was. */
  readonly at?: Date
  /** For whom it really was waited. */
  readonly side?: ApprovalSide
}

/** The fact and its order, if it can be corrected so. Throws with the reason when not. */
export async function requireCorrectableOrder(
  context: Context,
  { request: name, factId, at, side }: OrderFactCorrection,
) {
  const request = await getRequest(context, name)
  const { id, number } = request
  const history = (await readFacts(context.db, [id])).get(id) ?? []
  const recorded = history.find((fact) => fact.id === factId)
  if (recorded === undefined) throw refused('correction.fact-not-found', { incident: number })
  if (!isCounted(recorded)) throw refused('correction.fact-not-movable')
  if (side !== undefined && recorded.kind !== 'request.approval-asked') throw refused('correction.no-pause')
  const known = correctedHistory(history, 'request.corrected').filter(isCounted)
  const fact = known.find((each) => each.id === factId)!
  if (side !== undefined && fact.facts['side'] === side) throw refused('correction.same-pause')
  if (at !== undefined) {
    requirePast(at, context.now, 'change.occurredAt', request.customer.timeZone)
    requireInPlace(at, fact, { number, zone: request.customer.timeZone, known })
  }
  return { request, fact }
}

/** Throws when a step is moved to where it is, or would change places with another. */
function requireInPlace(at: Date, fact: RequestFact, { number, zone, known }: Order): void {
  if (at.getTime() === fact.at) {
    throw invalid('correction.same-moment', {}, { errors: [{ path: 'change.occurredAt', message: '' }] })
  }
  const place = known.indexOf(fact)
  const bounds = { after: known[place - 1]?.at, before: known[place + 1]?.at }
  if (!isBetween(at, bounds)) throw outOfOrder(number, bounds, zone)
}

interface Order {
  readonly number: string
  readonly zone: string
  /** Facts that the promise is counted from, as they are known now. */
  readonly known: readonly RequestFact[]
}

/**
 * Says of a fact in an order's history when it really was, or for whom it really was waited. The fact stays as it was
 * recorded; the correction stands beside it, and the promise is counted by it. Counting it is the caller's.
 */
export async function correctOrder(
  context: Context,
  { correctionId, ...correction }: OrderFactCorrection & { readonly correctionId: string },
): Promise<void> {
  const { at, side, factId } = correction
  const { db, now } = context
  const { request, fact } = await requireCorrectableOrder(context, correction)
  const kept = await lockRequest(context, request.id)
  const about = { subjectType: 'request', subjectId: kept.id, customerId: kept.customerId } as const
  await record(context, {
    ...about,
    kind: 'request.corrected',
    facts: {
      fact: factId,
      of: fact.kind,
      correction: correctionId,
      ...(at !== undefined && { from: new Date(fact.at), at }),
      ...(side !== undefined && { formerSide: fact.facts['side'] ?? null, side }),
    },
    visibility: 'public',
  })
  await audit(context, { action: 'request.corrected', ...about, facts: { fact: factId, correction: correctionId } })
  await db
    .updateTable('request')
    .set({
      updatedAt: now,
      version: kept.version + 1,
      // What is told is kept before the moments that it would be read from are moved.
      fulfilment: JSON.stringify(toldNow(kept, await countOf(db, kept, now))),
      ...(at !== undefined && movedMoments(kept, fact, at)),
    })
    .where('id', '=', kept.id)
    .execute()
  if (at !== undefined) await moveApproval(db, kept.id, fact, at)
}

/** Those of an order's moments that came from the fact move with it. */
function movedMoments(kept: Kept, { at: from }: RequestFact, to: Date): Partial<Pick<Kept, Moment>> {
  const moved: Partial<Record<Moment, Date>> = {}
  for (const name of moments) if (kept[name]?.getTime() === from) moved[name] = to
  return moved
}

const moments = ['orderedAt', 'deliveredAt', 'closedAt'] as const
type Moment = (typeof moments)[number]

/** How long somebody took to decide is measured by the same moments. */
async function moveApproval(db: Db, requestId: string, { kind, facts }: RequestFact, at: Date): Promise<void> {
  if (kind !== 'request.approval-asked' && kind !== 'request.approval') return
  await db
    .updateTable('requestApproval')
    .set(kind === 'request.approval' ? { decidedAt: at } : { askedAt: at })
    .where('requestId', '=', requestId)
    .where('level', '=', facts['level'] as number)
    .execute()
}
