import { randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import { invalid, notFound, refused } from '#core/failure.ts'
import { type Language, languageOf } from '#core/text.ts'
import { fingerprint } from '#modules/people'
import type { Context } from '#platform/context.ts'
import type { Details, GivenAnswer, Inspected } from './api.ts'
import { monthIn } from './asking.ts'
import { type Anonymity, range, type Scale } from './survey.ts'

/** So long after the score something may be added to it. */
const MORE_WITHIN_MS = 3_600_000

interface Asked {
  readonly surveyId: string
  readonly customerId: string
  readonly siteId: string | null
  readonly serviceId: string | null
  readonly customer: string
  readonly timeZone: string
  readonly place: string | null
  readonly about: { readonly number: string; readonly title: string } | null
  readonly scale: Scale
  readonly anonymity: Anonymity
  readonly question: string | null
  readonly language: Language
  readonly asksLostTime: boolean
  readonly asksFactors: boolean
  /** Null behind an address that everybody may answer at. */
  readonly invitation: {
    readonly id: string
    readonly personId: string | null
    readonly incidentId: string | null
    readonly month: string
    readonly expiresAt: Date
    readonly answeredAt: Date | null
    readonly answerId: string | null
  } | null
}

/** What is asked; throws a sentence when the address is none, or is over. */
export async function inspect(context: Context, key: string): Promise<Inspected> {
  const asked = await askedBehind(context, { key })
  const { customer, place, about, scale, question, language, asksLostTime, asksFactors, invitation } = asked
  const answered = invitation !== null && invitation.answeredAt !== null
  const anonymity = modeOf(asked)
  return { customer, place, about, scale, anonymity, question, language, asksLostTime, asksFactors, answered }
}

/** Takes an answer in. What was answered before, is over or is none is refused with a sentence. */
export async function answer(context: Context, by: By, given: Omit<GivenAnswer, 'key'>): Promise<{ more: boolean }> {
  const asked = await askedBehind(context, by)
  const { least, most } = range[asked.scale]
  if (given.score < least || given.score > most) {
    throw invalid('survey.score', { least, most }, { errors: [{ path: 'score', message: '' }] })
  }
  if (asked.invitation === null) return answerAnonymously(context, asked, given)
  return answerInvitation(context, asked, given)
}

async function answerAnonymously(
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
  const place = { surveyId, customerId, siteId, serviceId, month, scale, score }
  await db
    .insertInto('anonymousAnswer')
    .values({ id: randomUUID(), ...place, lostMinutes: lostMinutes ?? null, factors })
    .execute()
  if (text !== '')
    await keepVerbatim({ db }, place, { text, mayQuote, language: language ?? asked.language, answerId: null })
  return { more: false }
}

async function answerInvitation(
  { db, now }: Context,
  asked: Asked,
  { score, lostMinutes, factors, text, mayQuote, followUpWanted, language }: Omit<GivenAnswer, 'key'>,
): Promise<{ more: boolean }> {
  const { surveyId, customerId, siteId, serviceId, scale, anonymity } = asked
  const { id, personId, incidentId, month } = asked.invitation!
  const answerId = randomUUID()
  // Of two at the same time the second waits, and finds it answered.
  const { numUpdatedRows } = await db
    .updateTable('surveyInvitation')
    .set({ answeredAt: now, answerId })
    .where('id', '=', id)
    .where('answeredAt', 'is', null)
    .executeTakeFirst()
  if (numUpdatedRows === 0n) throw refused('survey.answered')
  const place = { surveyId, customerId, siteId, serviceId, month, scale, score }
  await db
    .insertInto('surveyAnswer')
    .values({ id: answerId, ...place, anonymity, lostMinutes: lostMinutes ?? null, factors })
    .execute()
  const identified = anonymity === 'identified'
  await db
    .insertInto('surveyAnswerIdentity')
    .values({
      answerId,
      customerId,
      identified,
      personId,
      incidentId,
      answeredAt: now,
      followUpWanted: identified && followUpWanted,
    })
    .execute()
  if (text !== '') {
    await keepVerbatim({ db }, place, {
      text,
      mayQuote,
      language: language ?? asked.language,
      answerId: identified ? answerId : null,
    })
  }
  const isWhole = text !== '' || lostMinutes !== undefined || factors.length > 0
  if (isWhole) await noMore({ db }, id)
  return { more: !isWhole }
}

/** Adds to a score that was given by one click, once and within an hour. */
export async function complete(context: Context, by: By, given: Details): Promise<{ more: boolean }> {
  const { db, now } = context
  const asked = await askedBehind(context, by)
  const { invitation, anonymity } = asked
  if (invitation === null || invitation.answeredAt === null) throw refused('survey.not-answered')
  const { answerId, answeredAt } = invitation
  if (answerId === null || now.getTime() - answeredAt.getTime() > MORE_WITHIN_MS) throw refused('survey.answered')
  const { lostMinutes, factors, text, mayQuote, followUpWanted } = given
  const row = await db
    .updateTable('surveyAnswer')
    .set({ lostMinutes: lostMinutes ?? null, factors })
    .where('id', '=', answerId)
    .returning(['surveyId', 'customerId', 'siteId', 'serviceId', 'month', 'scale', 'score'])
    .executeTakeFirstOrThrow()
  if (anonymity === 'identified') {
    await db.updateTable('surveyAnswerIdentity').set({ followUpWanted }).where('answerId', '=', answerId).execute()
  }
  if (text !== '') {
    const said = { text, mayQuote, language: asked.language, answerId: anonymity === 'identified' ? answerId : null }
    await keepVerbatim({ db }, row, said)
  }
  await noMore({ db }, invitation.id)
  return { more: false }
}

async function keepVerbatim(
  { db }: Pick<Context, 'db'>,
  place: {
    readonly surveyId: string
    readonly customerId: string
    readonly siteId: string | null
    readonly serviceId: string | null
    readonly month: string
    readonly scale: string
    readonly score: number
  },
  said: {
    readonly text: string
    readonly mayQuote: boolean
    readonly language: Language
    readonly answerId: string | null
  },
): Promise<void> {
  await db
    .insertInto('verbatim')
    .values({ id: randomUUID(), ...place, ...said })
    .execute()
}

/** From now on nothing leads from the invitation to the answer. */
async function noMore({ db }: Pick<Context, 'db'>, invitationId: string): Promise<void> {
  await db.updateTable('surveyInvitation').set({ answerId: null }).where('id', '=', invitationId).execute()
}

/** By the secret in a mail or the address on a wall, or by whoever was asked and is signed in. */
export type By = { readonly key: string } | { readonly invitation: string; readonly personId: string }

async function askedBehind({ db, now }: Context, by: By): Promise<Asked> {
  const asked = (await invited(db, by)) ?? ('key' in by ? await hanging(db, by.key) : undefined)
  if (asked === undefined) throw notFound('survey-link.not-found')
  const { invitation } = asked
  if (invitation !== null && invitation.answeredAt === null && invitation.expiresAt <= now)
    throw refused('survey.expired')
  return asked
}

async function invited(db: Context['db'], by: By): Promise<Asked | undefined> {
  const row = await db
    .selectFrom('surveyInvitation as i')
    .innerJoin('survey as s', 's.id', 'i.surveyId')
    .innerJoin('customer as c', 'c.id', 'i.customerId')
    .leftJoin('incident', 'incident.id', 'i.incidentId')
    .select(['i.id', 'i.surveyId', 'i.customerId', 'i.siteId', 'i.serviceId', 'i.month', 'i.personId', 'i.incidentId'])
    .select(['i.language', 'i.expiresAt', 'i.answeredAt', 'i.answerId', 'c.name as customer', 'c.timeZone'])
    .select([
      's.scale',
      's.anonymity',
      's.question',
      's.asksLostTime',
      's.asksFactors',
      'incident.number',
      'incident.title',
    ])
    .$if('key' in by, (query) => query.where('i.fingerprint', '=', fingerprint((by as { key: string }).key)))
    .$if('invitation' in by, (query) => {
      const { invitation, personId } = by as { invitation: string; personId: string }
      return query.where('i.id', '=', invitation).where('i.personId', '=', personId)
    })
    .executeTakeFirst()
  if (row === undefined) return undefined
  const { id, personId, incidentId, month, expiresAt, answeredAt, answerId, number, title, question, ...rest } = row
  const language = languageOf(row.language)
  return {
    ...rest,
    place: null,
    scale: row.scale as Scale,
    anonymity: row.anonymity as Anonymity,
    question: questionIn(question, language),
    language,
    about: number === null || title === null ? null : { number, title },
    invitation: { id, personId, incidentId, month, expiresAt, answeredAt, answerId },
  }
}

async function hanging(db: Context['db'], key: string): Promise<Asked | undefined> {
  const row = await db
    .selectFrom('surveyLink as l')
    .innerJoin('survey as s', 's.id', 'l.surveyId')
    .innerJoin('customer as c', 'c.id', 'l.customerId')
    .leftJoin('site', 'site.id', 'l.siteId')
    .select([
      'l.surveyId',
      'l.customerId',
      'l.siteId',
      'l.serviceId',
      'l.endedAt',
      'c.name as customer',
      'c.timeZone',
      'c.language',
    ])
    .select(['s.scale', 's.anonymity', 's.question', 's.asksLostTime', 's.asksFactors', 'site.name as place'])
    .select(sql<Date | null>`coalesce(l.ended_at, s.ended_at)`.as('over'))
    .where('l.key', '=', key)
    .executeTakeFirst()
  if (row === undefined) return undefined
  if (row.over !== null) throw refused('survey.expired')
  const language = languageOf(row.language)
  return {
    ...row,
    scale: row.scale as Scale,
    anonymity: row.anonymity as Anonymity,
    question: questionIn(row.question, language),
    language,
    about: null,
    invitation: null,
  }
}

/** Where everybody may answer nobody is known, whatever the survey is elsewhere. */
function modeOf({ invitation, anonymity }: Asked): Anonymity {
  return invitation === null ? 'anonymous' : anonymity
}

function questionIn(question: unknown, language: Language): string | null {
  return (question as Partial<Record<Language, string>>)[language] ?? null
}

/** What somebody was asked and has not answered yet, the latest first. */
export async function ownInvitations({ db, now }: Context, personId: string) {
  const rows = await db
    .selectFrom('surveyInvitation as i')
    .innerJoin('survey as s', 's.id', 'i.surveyId')
    .leftJoin('incident', 'incident.id', 'i.incidentId')
    .select([
      'i.id',
      'i.language',
      'i.expiresAt',
      's.scale',
      's.anonymity',
      's.question',
      's.asksLostTime',
      's.asksFactors',
    ])
    .select(['incident.number', 'incident.title'])
    .where('i.personId', '=', personId)
    .where('i.answeredAt', 'is', null)
    .where('i.expiresAt', '>', now)
    .where('s.endedAt', 'is', null)
    .orderBy('i.expiresAt', 'desc')
    .limit(20)
    .execute()
  return rows.map(({ number, title, question, language, scale, anonymity, ...row }) => ({
    ...row,
    scale: scale as Scale,
    anonymity: anonymity as Anonymity,
    question: questionIn(question, languageOf(language)),
    about: number === null || title === null ? null : { number, title },
  }))
}

/** Writes all anonymous answers and what was written with them anew, in an order that tells of nothing. */
export async function shuffle({ db, now }: Context): Promise<void> {
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
}
