import { refused } from '#core/failure.ts'
import { newId } from '#core/id.ts'
import { moneySeenBy, require } from '#core/may.ts'
import { monthName } from '#core/month-text.ts'
import { requireCustomer } from '#modules/customers'
import type { Context } from '#platform/context.ts'
import { audit } from '#platform/history.ts'
import type { ReviewSection } from '#platform/review-section.ts'
import type { Review, ReviewOrder } from './api.ts'
import { requireSound } from './compose.ts'
import { moveAlong } from './cycle.ts'
import { makeReviewJob } from './jobs.ts'
import { type Edition, ownReports, type ReportKind } from './facts.ts'
import { moneyReports } from './layout.ts'
import { barredFromIssuing, barredFromMaking } from './may.ts'
import { periodOf } from './period.ts'
import { getReview } from './queries.ts'
import { insertReviews, lockReview, markIssued } from './records.ts'
import { readingOf } from './reading.ts'

/** Orders a month's review: a new version, made in the background. */
export async function orderReview(context: Context, order: ReviewOrder): Promise<Review> {
  const id = await queueReview(context, order)
  await context.enqueue(makeReviewJob, { reviewId: id })
  return getReview(context.db, readingOf(context), id)
}

/**
 * Writes down that a review is wanted, for whoever makes it at once; its id.
 *
 * @param money Which figures of money it may tell: those that whoever orders it sees, unless given.
 */
export async function queueReview(
  context: Context,
  { customer: idOrName, month, edition, editions, report = 'R01' }: ReviewOrder,
  money = moneySeenBy(context.actor),
): Promise<string> {
  require(barredFromMaking(context.actor, report))
  const { db, now, actor } = context
  const wanted = editionsOf(report, editions ?? (edition === undefined ? [] : [edition]))
  const customer = await requireCustomer(db, idOrName)
  if (periodOf(customer, month, now).from > now) {
    throw refused('review.month-not-begun', { month: monthName(actor.language, month), customer: customer.name })
  }
  const made = [...new Set(wanted)].map((each) => ({ id: newId(now.getTime()), edition: each }))
  await insertReviews(db, {
    editions: made,
    lockId: newId(now.getTime()),
    customerId: customer.id,
    month,
    report,
    createdBy: actor.personId,
    createdAt: now,
    money: moneyReports.has(report) ? money : '',
  })
  const { id } = made[0]!
  await audit(context, {
    action: 'review.ordered',
    subjectType: 'review',
    subjectId: id,
    customerId: customer.id,
    facts: { month, editions: made.map((each) => each.edition), report },
  })
  return id
}

/** Which editions a report is made in; throws where one is asked for that there is none of. */
export function editionsOf(report: ReportKind, asked: readonly Edition[]): readonly Edition[] {
  if (!ownReports.has(report)) return asked.length === 0 ? ['customer'] : asked
  if (asked.some((each) => each !== 'internal')) throw refused('review.own-report', { report })
  return ['internal']
}

/** Lets the customer read a review. Done twice, the first moment stays. */
export async function issueReview(context: Context, id: string, sections: readonly ReviewSection[]): Promise<Review> {
  require(barredFromIssuing(context.actor))
  const { db, now } = context
  const review = await lockReview(db, id)
  if (review.state !== 'done') throw refused('review.not-done')
  if (review.edition === 'internal') throw refused('review.internal')
  await requireSound(context, id, sections)
  if (await markIssued(db, id, now)) {
    await moveAlong(context, review, 'issue')
    await audit(context, {
      action: 'review.issued',
      subjectType: 'review',
      subjectId: id,
      customerId: review.customerId,
      facts: { month: review.month, version: review.version },
    })
  }
  return getReview(db, readingOf(context), id)
}
