import { randomUUID } from 'node:crypto'
import { newId } from '#core/id.ts'
import type { Context } from '#platform/context.ts'
import { insertingMany } from '#platform/insert.ts'
import { foldFelt } from './felt.ts'
import { complaintDue, type Scale } from './survey.ts'

/** An answer that was given elsewhere, or by nobody: those of the sample company. */
export interface BulkAnswer {
  readonly siteId: string | null
  readonly serviceId: string | null
  /** First day of a month. */
  readonly month: string
  readonly score: number
  readonly lostMinutes: number | null
  readonly factors: readonly string[]
  readonly text: string | null
  readonly mayQuote: boolean
}

export interface BulkSurvey {
  readonly name: string
  readonly customerId: string
  readonly trigger: 'closed' | 'event'
  readonly scale: Scale
  readonly anonymity: 'confidential' | 'anonymous'
  readonly language: 'en' | 'de'
}

/** Some of what was asked and answered. */
export interface BulkSaid {
  /** Where and when somebody was asked, answers or not. */
  readonly asked: readonly Pick<BulkAnswer, 'siteId' | 'serviceId' | 'month'>[]
  readonly answers: readonly BulkAnswer[]
}

/** Writes a survey with all that was asked and answered, without who; a part at a time, as it comes. */
export async function writeSurvey(
  context: Context,
  survey: BulkSurvey,
  parts: AsyncIterable<BulkSaid> | Iterable<BulkSaid>,
): Promise<void> {
  const { db, now } = context
  const { customerId, scale, anonymity, name, trigger } = survey
  const surveyId = newId(now.getTime())
  const asked = { asksLostTime: scale === 'csat', asksFactors: scale === 'csat' }
  await db
    .insertInto('survey')
    .values({ id: surveyId, customerId, name, trigger, scale, anonymity, ...asked, createdAt: now })
    .execute()
  for await (const part of parts) await writePart(context, { ...survey, surveyId }, part)
  await foldFelt(db)
}

async function writePart(
  { db, now }: Context,
  { surveyId, customerId, scale, anonymity, language }: BulkSurvey & { readonly surveyId: string },
  { asked, answers }: BulkSaid,
): Promise<void> {
  const of = { surveyId, customerId }
  const invited = asked.map((place) => ({ id: randomUUID(), ...of, ...place, language, expiresAt: now }))
  const given = answers.map(({ siteId, serviceId, month, score, lostMinutes, factors }) => ({
    id: randomUUID(),
    ...of,
    siteId,
    serviceId,
    month,
    score,
    lostMinutes,
    scale,
    factors: [...factors],
  }))
  const written = answers.flatMap(({ text, mayQuote, siteId, serviceId, month, score }) =>
    text === null
      ? []
      : [{ id: randomUUID(), ...of, siteId, serviceId, month, scale, score, text, language, mayQuote, answerId: null }],
  )
  // Each by one statement: it is added up by what a statement writes.
  if (invited.length > 0) await db.executeQuery(insertingMany('surveyInvitation', invited))
  if (given.length > 0)
    await db.executeQuery(
      anonymity === 'anonymous'
        ? insertingMany('anonymousAnswer', given)
        : insertingMany(
            'surveyAnswer',
            given.map((answer) => ({ ...answer, anonymity })),
          ),
    )
  if (written.length > 0) await db.executeQuery(insertingMany('verbatim', written))
}

/** Writes a compliment or complaint as it came some time ago, with its answer if it has one. */
export async function writeCase(
  { db }: Context,
  given: {
    readonly customerId: string
    readonly kind: 'compliment' | 'complaint'
    readonly text: string
    readonly receivedAt: Date
    readonly answer: string | null
  },
): Promise<void> {
  const { answer, receivedAt, ...rest } = given
  const { acknowledgeDue, answerDue } = complaintDue(receivedAt)
  await db
    .insertInto('feedbackCase')
    .values({
      id: newId(receivedAt.getTime()),
      ...rest,
      receivedAt,
      ...(given.kind === 'complaint' && { acknowledgeDue, answerDue }),
      ...(answer !== null && { state: 'answered', answer, acknowledgedAt: acknowledgeDue, answeredAt: answerDue }),
    })
    .execute()
}

/** Writes what was said by a friction point and what came of it, published then. */
export async function writeSaidDone(
  { db }: Context,
  {
    frictionId,
    at,
    ...entry
  }: {
    readonly customerId: string
    readonly siteId: string | null
    readonly said: string
    readonly did: string
    readonly frictionId: string
    readonly at: Date
  },
): Promise<void> {
  const source = { sourceType: 'friction-point', sourceId: frictionId }
  await db
    .insertInto('saidDone')
    .values({ id: newId(at.getTime()), ...entry, ...source, createdAt: at, publishedAt: at })
    .execute()
}
