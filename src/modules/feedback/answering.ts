import { randomUUID } from 'node:crypto'
import { invalid, refused } from '#core/failure.ts'
import type { Language } from '#core/text.ts'
import type { Context } from '#platform/context.ts'
import { answerAnonymously } from './anonymous.ts'
import type { Details, GivenAnswer } from './api.ts'
import { type Asked, askedBehind, type By, MORE_WITHIN_MS } from './asked.ts'
import { range } from './survey.ts'

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
