import { newId } from '#core/id.ts'
import { moneySeenBy } from '#core/may.ts'
import type { Language } from '#core/text.ts'
import { monthName } from '#core/month-text.ts'
import { writeReportMail } from '#modules/mail'
import { actorsOf } from '#modules/people'
import { configurationOf } from '#platform/configuration.ts'
import type { Context } from '#platform/context.ts'
import type { JobWorld } from '#platform/worker.ts'
import { queueReview } from './actions.ts'
import type { DeliveryOutcome } from './api-schedules.ts'
import { type Edition, ownReports, type ReportKind } from './facts.ts'
import { makeReviewJob } from './jobs.ts'
import { type Addressed, dueAt, type Sendable, sendableReview, standingOf } from './sendable.ts'
import { say } from './wording.ts'

interface Due {
  readonly id: string
  readonly customerId: string
  readonly customerName: string
  readonly report: ReportKind
  readonly edition: Edition
  readonly language: Language
  readonly recipientIds: readonly string[]
  readonly ownerId: string
  /** `YYYY-MM`. */
  readonly month: string
}

/**
 * Sends the reports that are due. One that is not made is made first and sent by the next run; one that nobody handed over
 * waits. Whether somebody may read it is asked of the database in their own name, at that moment.
 */
export async function deliverReports(world: JobWorld): Promise<void> {
  for (const due of await world.inTransaction(dueSchedules)) await deliver(world, due)
}

async function dueSchedules({ db, now }: Context): Promise<Due[]> {
  const rows = await db
    .selectFrom('reportSchedule as s')
    .innerJoin('customer as c', 'c.id', 's.customerId')
    .select(['s.id', 's.customerId', 'c.name as customerName', 'c.timeZone', 's.report', 's.edition', 's.language'])
    .select(['s.recipientIds', 's.ownerId', 's.nextMonth', 's.day'])
    .where('s.endedAt', 'is', null)
    .where('s.nextMonth', '<', now.toISOString().slice(0, 10))
    .orderBy('s.id')
    .execute()
  return rows
    .filter(({ nextMonth, day, timeZone }) => dueAt(timeZone, nextMonth.slice(0, 7), day) <= now)
    .map(({ nextMonth, timeZone: _zone, day: _day, ...row }) => ({
      ...row,
      month: nextMonth.slice(0, 7),
      report: row.report as ReportKind,
      edition: row.edition as Edition,
      language: row.language as Language,
    }))
}

async function deliver(world: JobWorld, due: Due): Promise<void> {
  const { customerId, month, report } = due
  const review = await world.inTransaction(async (context) => {
    const found = await sendableReview(context.db, due)
    if (found !== null) return found
    // As whoever planned it would have ordered it.
    const owner = (await actorsOf(context, [due.ownerId])).get(due.ownerId)
    const money = owner === undefined ? '' : moneySeenBy(owner)
    // What was planned before reports about ourselves were asked for as such is made as it was.
    const editions = ownReports.has(report) ? {} : { edition: due.edition }
    const id = await queueReview(context, { customer: customerId, month, report, ...editions }, money)
    await context.enqueue(makeReviewJob, { reviewId: id })
    return null
  })
  if (review === null || review.state !== 'done') return
  const outcomes: DeliveryOutcome[] = []
  for (const personId of due.recipientIds) outcomes.push(await sendTo(world, due, { personId, review }))
  if (outcomes.includes('not-issued')) return
  await world.inTransaction(({ db }) =>
    db
      .updateTable('reportSchedule')
      .set(({ eb }) => ({ nextMonth: `${monthAfter(month)}-01`, version: eb('version', '+', 1) }))
      .where('id', '=', due.id)
      .where('nextMonth', '=', `${month}-01`)
      .execute(),
  )
}

function monthAfter(month: string): string {
  const [year, number] = month.split('-').map(Number) as [number, number]
  return new Date(Date.UTC(year, number, 1)).toISOString().slice(0, 7)
}

interface Letter {
  readonly person: Addressed
  readonly reviewId: string
  readonly factId: string
}

async function sendTo(
  world: JobWorld,
  due: Due,
  { personId, review }: { readonly personId: string; readonly review: Sendable },
): Promise<DeliveryOutcome> {
  return world.inTransaction(async (context) => {
    const { db, now } = context
    const before = await db
      .selectFrom('reportDelivery')
      .select(['id', 'outcome'])
      .where('scheduleId', '=', due.id)
      .where('month', '=', `${due.month}-01`)
      .where('personId', '=', personId)
      .forUpdate()
      .executeTakeFirst()
    if (before !== undefined && before.outcome !== 'not-issued') return before.outcome as DeliveryOutcome
    const { outcome, person } = await standingOf(world.db, context, due, { personId, review })
    const id = before?.id ?? newId(now.getTime())
    const values = { reviewId: review.id, outcome, at: now }
    await db
      .insertInto('reportDelivery')
      .values({ id, scheduleId: due.id, customerId: due.customerId, month: `${due.month}-01`, personId, ...values })
      .onConflict((on) => on.columns(['scheduleId', 'month', 'personId']).doUpdateSet(values))
      .execute()
    if (outcome === 'sent') await write(context, due, { person, reviewId: review.id, factId: id })
    else if (outcome !== before?.outcome) await tellOwner(context, due, outcome, id)
    return outcome
  })
}

async function write(context: Context, due: Due, { person, reviewId, factId }: Letter): Promise<void> {
  const about = { customer: due.customerName, month: monthName(due.language, due.month) }
  const link = `${configurationOf(process.env).url}/reviews/${reviewId}?in=${due.language}`
  await writeReportMail(context, {
    customerId: due.customerId,
    recipient: person,
    subject: say(due.language, 'delivery.subject', { ...about, report: due.report }),
    text: say(due.language, 'delivery.text', { ...about, report: due.report, name: person.name, link }),
    factId,
  })
}

/** Who planned it hears of each recipient that got nothing, and why. */
async function tellOwner(context: Context, due: Due, outcome: DeliveryOutcome, deliveryId: string): Promise<void> {
  const owner = await context.db
    .selectFrom('person')
    .select(['name', 'email', 'language'])
    .where('id', '=', due.ownerId)
    .executeTakeFirst()
  if (owner === undefined || owner.email === null) return
  const language = owner.language === 'de' ? 'de' : 'en'
  const about = { customer: due.customerName, month: monthName(language, due.month) }
  await writeReportMail(context, {
    customerId: due.customerId,
    recipient: { email: owner.email, name: owner.name },
    subject: say(language, 'delivery.owner-subject', about),
    text: say(language, 'delivery.owner-text', {
      ...about,
      outcome: outcome.replaceAll('-', '_'),
      link: `${configurationOf(process.env).url}/reviews`,
    }),
    factId: deliveryId,
  })
}
