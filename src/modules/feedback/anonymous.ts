import { randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import { refused } from '#core/failure.ts'
import { OPINION_MINIMUM } from '#core/small-groups.ts'
import { fingerprint } from '#modules/people'
import type { Context } from '#platform/context.ts'
import type { GivenAnswer } from './api.ts'
import { type Asked, MORE_WITHIN_MS } from './asked.ts'
import { monthIn } from './asking.ts'
import { foldFelt } from './felt.ts'

/** Takes in what nobody is known to have said; it waits until it may count (`publish`). */
export async function answerAnonymously(
  { db, now }: Context,
  asked: Asked,
  { score, sending, lostMinutes, factors, text, mayQuote, language }: Omit<GivenAnswer, 'key'>,
): Promise<{ more: boolean }> {
  const month = monthIn(now, asked.timeZone)
  if (sending !== undefined) {
    const { numInsertedOrUpdatedRows: written = 0n } = await db
      .insertInto('surveySending')
      .values({ fingerprint: fingerprint('sending', asked.surveyId, sending), month })
      .onConflict((conflict) => conflict.doNothing())
      .executeTakeFirst()
    if (written === 0n) throw refused('survey.answered')
  }
  const { surveyId, customerId, siteId, serviceId, scale } = asked
  const said = text === '' ? null : text
  await db
    .insertInto('waitingAnswer')
    .values({
      id: randomUUID(),
      surveyId,
      customerId,
      siteId,
      serviceId,
      month,
      scale,
      score,
      lostMinutes: lostMinutes ?? null,
      factors,
      text: said,
      mayQuote,
      language: language ?? asked.language,
    })
    .execute()
  return { more: false }
}

/**
 * Lets anonymous answers count: those of a survey, place and month as soon as there are as many as opinions need, the last
 * few when the month is over. So no figure ever moves by one answer, and none by a moment that somebody could remember.
 */
async function publish({ db, now }: Pick<Context, 'db' | 'now'>): Promise<void> {
  await sql`with enough as (
      select w.survey_id, w.site_id, w.service_id, w.month from waiting_answer w join customer c on c.id = w.customer_id
      group by w.survey_id, w.site_id, w.service_id, w.month, c.time_zone
      having count(*) >= ${sql.lit(OPINION_MINIMUM)} or w.month < date_trunc('month', ${now}::timestamptz at time zone c.time_zone)),
    taken as (delete from waiting_answer w using enough e
      where w.survey_id = e.survey_id and w.site_id is not distinct from e.site_id
        and w.service_id is not distinct from e.service_id and w.month = e.month returning w.*),
    said as (insert into verbatim (id, survey_id, customer_id, site_id, service_id, month, scale, score, text, language, may_quote)
      select gen_random_uuid(), survey_id, customer_id, site_id, service_id, month, scale, score, text, language, may_quote
      from taken where text is not null order by random())
    insert into anonymous_answer (id, survey_id, customer_id, site_id, service_id, month, scale, score, lost_minutes, factors)
    select id, survey_id, customer_id, site_id, service_id, month, scale, score, lost_minutes, factors
    from taken order by random()`.execute(db)
}

/** Lets what waits count, then writes all anonymous answers and their words anew, in an order that tells of nothing. */
export async function shuffle({ db, now }: Pick<Context, 'db' | 'now'>): Promise<void> {
  await publish({ db, now })
  const month = monthIn(new Date(now.getTime() - 62 * 86_400_000), 'UTC')
  await db.deleteFrom('surveySending').where('month', '<', month).execute()
  await db
    .updateTable('surveyInvitation')
    .set({ answerId: null })
    .where('answerId', 'is not', null)
    .where('answeredAt', '<', new Date(now.getTime() - MORE_WITHIN_MS))
    .execute()
  await sql`with taken as (delete from anonymous_answer returning *)
    insert into anonymous_answer select * from taken order by random()`.execute(db)
  await sql`with taken as (delete from verbatim where answer_id is null returning *)
    insert into verbatim select * from taken order by random()`.execute(db)
  await foldFelt(db)
}
