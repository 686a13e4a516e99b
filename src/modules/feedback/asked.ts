import { sql } from 'kysely'
import { notFound, refused } from '#core/failure.ts'
import { type Language, languageOf } from '#core/text.ts'
import { fingerprint } from '#modules/people'
import type { Context } from '#platform/context.ts'
import type { Inspected } from './api.ts'
import type { Anonymity, Scale } from './survey.ts'

/** So long after the score something may be added to it. */
export const MORE_WITHIN_MS = 3_600_000

/** What is asked of whoever answers, and by which invitation. */
export interface Asked {
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

/** By the secret in a mail or the address on a wall, or by whoever was asked and is signed in. */
export type By = { readonly key: string } | { readonly invitation: string; readonly personId: string }

/** What stands behind an address or an invitation; throws a sentence when there is none, or it is over. */
export async function askedBehind({ db, now }: Context, by: By): Promise<Asked> {
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
