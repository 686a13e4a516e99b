import { sql } from 'kysely'
import type { ResultExplanation } from '#api/incidents'
import { agreementFinder, type AgreementFinder } from '#modules/incidents'
import {
  type AgreementInForce,
  type agreementFor,
  askOf,
  compareTriedOrders,
  isSameResult,
  type Result,
  type TriedClock,
  type TrialPeriod,
} from '#modules/service-levels'
import type { Context, Db } from '#platform/context.ts'
import { type CountedPromise, daysOf, promiseIn, readFacts } from './promise.ts'
import type { Kept } from './queries.ts'
import { BATCH, plannedOf, take } from './recount.ts'
import { countFulfilment } from './request.ts'
import { resultNow, toldNow } from './settle.ts'
import { explained } from './told-again.ts'

export interface OrderTrial {
  readonly customerId: string
  readonly period: TrialPeriod
  /** Which agreement is to hold for an order. */
  readonly find: typeof agreementFor
  readonly now: Date
  readonly signal: AbortSignal
}

/** Orders that may have a result in the period: ordered before its end, and not over before its beginning. */
function mayCount({ customerId, period: { from, to } }: Pick<OrderTrial, 'customerId' | 'period'>) {
  return sql<boolean>`r.customer_id = ${customerId} and r.state <> 'draft' and r.ordered_at < ${to}
    and r.updated_at >= ${from}`
}

/** How many orders a trial looks at. */
export async function countTriedOrders(db: Db, trial: Pick<OrderTrial, 'customerId' | 'period'>): Promise<number> {
  const { rows } = await sql<{ readonly count: number }>`
    select count(*)::int as count from request r where ${mayCount(trial)}`.execute(db)
  return rows[0]!.count
}

/**
 * Counts a period's orders by other agreements than those that hold, by the code that counts them anyway, beside what is
 * told. Nothing is locked and nothing is written. Told batch by batch.
 */
export async function tryOrders(
  db: Db,
  trial: OrderTrial,
  onCounted: (orders: number, promises: readonly TriedClock[]) => Promise<void>,
): Promise<void> {
  const { period, find, now, signal } = trial
  const found = agreementFinder(db, find)
  for (let after: string | null = null; ;) {
    signal.throwIfAborted()
    const kept: readonly Kept[] = await take(db, mayCount(trial), after)
    if (kept.length > 0) {
      const counted = await countTried(db, kept, { found, now })
      const compared = kept.map((each, index) => ({
        ...each,
        was: toldNow(each, null),
        is: resultNow(counted[index]!, each.exclusion !== null),
      }))
      await onCounted(kept.length, await compareTriedOrders(askOf(db), period, compared))
    }
    if (kept.length < BATCH) return
    after = kept.at(-1)!.id
  }
}

type Tried = CountedPromise & { readonly versionId: string }

async function countTried(
  db: Db,
  kept: readonly Kept[],
  { found, now }: { readonly found: AgreementFinder; readonly now: Date },
): Promise<(Tried | null)[]> {
  const factsOf = await readFacts(
    db,
    kept.map(({ id }) => id),
  )
  const counted: (Tried | null)[] = []
  for (const order of kept) {
    const { customerId, serviceId, siteId, orderedAt } = order
    const agreement = await found({ customerId, serviceId, siteId, teamId: null }, orderedAt.getTime())
    counted.push(agreement && countBy(agreement, order, await plannedOf(db, order), factsOf.get(order.id) ?? [], now))
  }
  return counted
}

function countBy(
  agreement: AgreementInForce,
  order: Kept,
  planned: number,
  facts: Parameters<typeof countFulfilment>[1],
  now: Date,
): Tried {
  const promised = promiseIn(agreement, order, order.orderedAt, planned)
  const open = agreement.openOf(promised.calendarVersionId)
  const terms = { open, targetMs: promised.targetSeconds * 1000, days: daysOf(promised) }
  const result = countFulfilment(terms, facts, now.getTime())
  return { result, open, agreement, atRiskBp: agreement.atRiskBp, versionId: agreement.versionId }
}

/** How an order would come about by the agreement that `find` says holds; null for none, and when it comes out otherwise by now. */
export async function explainTriedOrder(
  context: Context,
  requestId: string,
  { result, find }: { readonly result: Result | null; readonly find: typeof agreementFor },
): Promise<ResultExplanation | null> {
  const { db, now } = context
  const kept = await db.selectFrom('request').selectAll().where('id', '=', requestId).executeTakeFirst()
  if (result === null || kept === undefined) return null
  const [counted] = await countTried(db, [kept], { found: agreementFinder(db, find), now })
  if (!counted || !isSameResult(resultNow(counted, result.excluded), result)) return null
  return explained(context, { ...counted, excluded: result.excluded })
}
