import { instantAt } from '#core/zone.ts'
import { actorsOf } from '#modules/people'
import type { Context, Db } from '#platform/context.ts'
import { transaction } from '#platform/database.ts'
import type { DeliveryOutcome } from './api-schedules.ts'
import { type Edition, ownReports, type ReportKind } from './facts.ts'

/** A review that a schedule is about: the one that is sent, made or not. */
export interface Sendable {
  readonly id: string
  readonly state: string
  readonly issuedAt: Date | null
}

/** Whom a letter is written to. */
export interface Addressed {
  readonly name: string
  readonly email: string
}

/** From when on a month's report is due: `day` of the month after, where the customer is. */
export function dueAt(timeZone: string, month: string, day: number): Date {
  const [year, number] = month.split('-').map(Number) as [number, number]
  return new Date(instantAt(timeZone, Date.UTC(year, number, day)))
}

/** Which review of a month a schedule sends: what was handed over goes before what is newer and was not. */
export async function sendableReview(
  db: Db,
  {
    customerId,
    month,
    report,
    edition,
  }: {
    readonly customerId: string
    readonly month: string
    readonly report: ReportKind
    readonly edition: Edition
  },
): Promise<Sendable | null> {
  const found = await db
    .selectFrom('review')
    .select(['id', 'state', 'issuedAt'])
    .where('customerId', '=', customerId)
    .where('month', '=', `${month}-01`)
    .where('report', '=', report)
    .where('edition', '=', ownReports.has(report) ? 'internal' : edition)
    .where('state', '<>', 'failed')
    .orderBy((by) => by('issuedAt', 'is', null))
    .orderBy('version', 'desc')
    .limit(1)
    .executeTakeFirst()
  return found ?? null
}

type Standing =
  | { readonly outcome: 'sent'; readonly person: Addressed }
  | { readonly outcome: Exclude<DeliveryOutcome, 'sent'>; readonly person: null }

/**
 * What becomes of sending a review to somebody now. Whether they may read it is asked of the database in their own name.
 *
 * @param pool For the transaction in their name.
 * @param context The program's own.
 */
export async function standingOf(
  pool: Db,
  context: Pick<Context, 'db' | 'now'>,
  { customerId }: { readonly customerId: string },
  { personId, review }: { readonly personId: string; readonly review: Sendable | null },
): Promise<Standing> {
  const not = (outcome: Exclude<DeliveryOutcome, 'sent'>) => ({ outcome, person: null })
  const person = await context.db
    .selectFrom('person')
    .select(['name', 'email', 'customerId'])
    .where('id', '=', personId)
    .executeTakeFirst()
  const actor = (await actorsOf(context, [personId])).get(personId)
  if (actor === undefined || person === undefined) return not('refused')
  const { customer, seen } = await transaction(pool, actor, 'read only', async (own) => ({
    customer: await own.selectFrom('customer').select('id').where('id', '=', customerId).executeTakeFirst(),
    seen:
      review === null
        ? undefined
        : await own.selectFrom('review').select('id').where('id', '=', review.id).executeTakeFirst(),
  }))
  if (customer === undefined) return not('refused')
  if ((review?.issuedAt ?? null) === null && person.customerId !== null) return not('not-issued')
  if (review !== null && seen === undefined) return not('refused')
  return person.email === null
    ? not('no-address')
    : { outcome: 'sent', person: { name: person.name, email: person.email } }
}
