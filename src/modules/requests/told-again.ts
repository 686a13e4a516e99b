import type { ResultExplanation } from '#api/incidents'
import { rulesAt } from '#core/calendar.ts'
import type { WorkingDays } from '#core/clock-terms.ts'
import { explainClock } from '#core/explanation.ts'
import { workingDaysOf } from '#core/promised-due.ts'
import {
  agreementVersionAsKnown,
  isSameResult,
  momentsKnown,
  namesOfVersion,
  type Result,
  resultView,
  versionsThatHeld,
} from '#modules/service-levels'
import type { Context, Db } from '#platform/context.ts'
import { type CountedPromise, countThese, daysOf, type PromisedBy, readFacts } from './promise.ts'
import { countFulfilment } from './request.ts'
import { reattached } from './recount.ts'
import { resultNow } from './settle.ts'

/** What an order is counted by, as far as an explanation of its results needs it. */
type Explained = PromisedBy & {
  readonly customerId: string
  readonly siteId: string | null
  readonly serviceId: string | null
}

/** An order's promise as it was counted, and by which version of an agreement. */
export interface CountedAgain extends Pick<CountedPromise, 'result' | 'open' | 'agreement'> {
  readonly versionId: string
}

/**
 * How a result of an order's promise came about that was told: counted by less and less of what is known today, by when it
 * was written down, until that very result comes out. Null when it never does.
 */
export async function countToldOrder(
  { db, now }: Context,
  requestId: string,
  told: Result,
): Promise<CountedAgain | null> {
  const order = await readOrder(db, requestId)
  if (order === null) return null
  const facts = (await readFacts(db, [requestId])).get(requestId) ?? []
  const written = facts.map(({ recordedAt }) => recordedAt)
  for (const { versionId, agreement, days } of await waysPromised(db, order, told)) {
    for (const knownAt of momentsKnown(now, written, agreement.learned)) {
      const held = agreement.at(knownAt)
      if (held === null) continue
      const { open } = held
      const known = facts.filter(({ recordedAt }) => recordedAt <= knownAt)
      const result = countFulfilment({ open, targetMs: told.targetMs, days }, known, now.getTime())
      if (isSameResult(resultNow({ result }, told.excluded), told)) return { versionId, result, open, agreement: held }
    }
  }
  return null
}

interface WayPromised {
  readonly versionId: string
  readonly agreement: Awaited<ReturnType<typeof agreementVersionAsKnown>>
  readonly days: WorkingDays | undefined
}

/**
 * How what was told may have been promised, the likeliest first: as the order still says, by a version that promises just
 * this time, by the hours of any other.
 */
async function waysPromised(db: Db, order: Explained, { targetMs }: Result): Promise<WayPromised[]> {
  const [asSaid, alike, others]: [WayPromised[], WayPromised[], WayPromised[]] = [[], [], []]
  const isSaid = order.targetSeconds === targetMs / 1000
  for (const versionId of await versionsThatHeld(db, order.customerId, order.agreementVersionId)) {
    const isOwn = versionId === order.agreementVersionId
    const calendar = isOwn ? order.calendarVersionId : null
    const agreement = await agreementVersionAsKnown(db, versionId, { ...order, teamId: null }, calendar)
    const way = { versionId, agreement }
    if (isOwn && isSaid) asSaid.push({ ...way, days: daysOf(order) })
    const promises = agreement.fulfilment.filter(({ targetSeconds }) => targetSeconds === targetMs / 1000)
    for (const { days } of promises) {
      alike.push({ ...way, days: days && workingDaysOf(days.count, days.reading) })
    }
    others.push({ ...way, days: isSaid ? daysOf(order) : undefined })
  }
  return [...asSaid, ...alike, ...others]
}

/** How a result that was told came about, step by step; null for none, and when it is not known any more. */
export async function explainToldOrder(
  context: Context,
  requestId: string,
  told: Result | null,
): Promise<ResultExplanation | null> {
  const again = told && (await countToldOrder(context, requestId, told))
  return again && explained(context, { ...again, excluded: told.excluded })
}

/** How it comes about by all that is known, by the agreement that holds for the order; null when it comes out otherwise. */
export async function explainKnownOrder(
  context: Context,
  requestId: string,
  result: Result | null,
): Promise<ResultExplanation | null> {
  const { db, now } = context
  const order = await reattached(db, requestId)
  if (result === null || order === null || order.agreementVersionId === null) return null
  const [counted] = await countThese(db, [order], now)
  if (!counted || !isSameResult(resultNow(counted, result.excluded), result)) return null
  const { agreementVersionId: versionId } = order
  return explained(context, { ...counted, versionId, excluded: result.excluded })
}

async function readOrder(db: Db, id: string): Promise<Explained | null> {
  const row = await db
    .selectFrom('request')
    .select(['id', 'customerId', 'siteId', 'serviceId', 'agreementVersionId', 'calendarVersionId'])
    .select(['targetSeconds', 'targetDays', 'targetEnd'])
    .where('id', '=', id)
    .executeTakeFirst()
  return row ?? null
}

/** A promise that was counted, step by step. */
export async function explained(
  { db, now, actor }: Context,
  { versionId, result, open, excluded }: Omit<CountedAgain, 'agreement'> & { readonly excluded: boolean },
): Promise<ResultExplanation | null> {
  const names = await namesOfVersion(db, versionId)
  if (names === null) return null
  const timeZone = rulesAt(open, now.getTime()).timeZone
  const steps = explainClock(result, open, { language: actor.language, zone: timeZone, fold: true })
  return {
    result: resultView(resultNow({ result }, excluded))!,
    timeZone,
    ...names,
    steps: steps.map(({ from, to, ...step }) => ({ ...step, from: new Date(from), to: new Date(to) })),
  }
}
