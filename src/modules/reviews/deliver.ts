import { instantAt } from '#core/zone.ts'
import { newId } from '#core/id.ts'
import { moneySeenBy } from '#core/may.ts'
import type { Language } from '#core/text.ts'
import { writeReportMail } from '#modules/mail'
import { actorsOf } from '#modules/people'
import { configurationOf } from '#platform/configuration.ts'
import type { Context } from '#platform/context.ts'
import { transaction } from '#platform/database.ts'
import type { JobWorld } from '#platform/worker.ts'
import { queueReview } from './actions.ts'
import type { Edition, ReportKind } from './facts.ts'
import { makeReviewJob } from './jobs.ts'
import { ownReports } from './layout.ts'
import { monthName, say } from './wording.ts'

type Outcome = 'sent' | 'refused' | 'not-issued' | 'no-address'

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
    .filter(({ nextMonth, day, timeZone }) => {
      const [year, month] = nextMonth.split('-').map(Number) as [number, number]
      return instantAt(timeZone, Date.UTC(year, month, day)) <= now.getTime()
    })
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
  const edition = ownReports.has(report) ? 'internal' : due.edition
  const review = await world.inTransaction(async (context) => {
    const found = await context.db
      .selectFrom('review')
      .select(['id', 'state', 'issuedAt'])
      .where('customerId', '=', customerId)
      .where('month', '=', `${month}-01`)
      .where('report', '=', report)
      .where('edition', '=', edition)
      .where('state', '<>', 'failed')
      // What was handed over goes before what is newer and was not.
      .orderBy((by) => by('issuedAt', 'is', null))
      .orderBy('version', 'desc')
      .limit(1)
      .executeTakeFirst()
    if (found !== undefined) return found
    // As whoever planned it would have ordered it.
    const owner = (await actorsOf(context, [due.ownerId])).get(due.ownerId)
    const money = owner === undefined ? '' : moneySeenBy(owner)
    const id = await queueReview(context, { customer: customerId, month, report, edition }, money)
    await context.enqueue(makeReviewJob, { reviewId: id })
    return null
  })
  if (review === null || review.state !== 'done') return
  const outcomes: Outcome[] = []
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

async function sendTo(
  world: JobWorld,
  due: Due,
  {
    personId,
    review,
  }: { readonly personId: string; readonly review: { readonly id: string; readonly issuedAt: Date | null } },
): Promise<Outcome> {
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
    if (before !== undefined && before.outcome !== 'not-issued') return before.outcome as Outcome
    const person = await db
      .selectFrom('person')
      .select(['name', 'email', 'customerId'])
      .where('id', '=', personId)
      .executeTakeFirst()
    const actor = (await actorsOf(context, [personId])).get(personId)
    const id = before?.id ?? newId(now.getTime())
    const outcome = await decide()
    const values = { reviewId: review.id, outcome, at: now }
    await db
      .insertInto('reportDelivery')
      .values({ id, scheduleId: due.id, customerId: due.customerId, month: `${due.month}-01`, personId, ...values })
      .onConflict((on) => on.columns(['scheduleId', 'month', 'personId']).doUpdateSet(values))
      .execute()
    if (outcome !== 'sent' && outcome !== before?.outcome) await tellOwner(context, due, outcome, id)
    return outcome

    async function decide(): Promise<Outcome> {
      if (actor === undefined || person === undefined) return 'refused'
      const { customer, seen } = await transaction(world.db, actor, 'read only', async (own) => ({
        customer: await own.selectFrom('customer').select('id').where('id', '=', due.customerId).executeTakeFirst(),
        seen: await own.selectFrom('review').select('id').where('id', '=', review.id).executeTakeFirst(),
      }))
      if (customer === undefined) return 'refused'
      if (review.issuedAt === null && person.customerId !== null) return 'not-issued'
      if (seen === undefined) return 'refused'
      if (person.email === null) return 'no-address'
      const about = { customer: due.customerName, month: monthName(due.language, due.month) }
      const link = `${configurationOf(process.env).url}/reviews/${review.id}?in=${due.language}`
      await writeReportMail(context, {
        customerId: due.customerId,
        recipient: { email: person.email, name: person.name },
        subject: say(due.language, 'delivery.subject', { ...about, report: due.report }),
        text: say(due.language, 'delivery.text', { ...about, report: due.report, name: person.name, link }),
        factId: id,
      })
      return 'sent'
    }
  })
}

/** Who planned it hears of each recipient that got nothing, and why. */
async function tellOwner(context: Context, due: Due, outcome: Outcome, deliveryId: string): Promise<void> {
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
