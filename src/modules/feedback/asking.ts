import { randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import { type Language, languageOf } from '#core/text.ts'
import { askByMail } from '#modules/mail'
import { fingerprint, newSecret } from '#modules/people'
import { configurationOf } from '#platform/configuration.ts'
import type { Context, Db } from '#platform/context.ts'
import { type Anonymity, type Scale, scoresOn } from './survey.ts'
import { sayOfFeedback } from './text.ts'

const DAY_MS = 86_400_000
/** What was over so long ago is asked about no more: it was imported, or written down late. */
const FRESH_MS = 7 * DAY_MS
/** For as long as that something anonymous is answered by mail. */
const GENERAL_LINK = 'mail'

interface SurveyRow {
  readonly id: string
  readonly customerId: string | null
  readonly scale: Scale
  readonly anonymity: Anonymity
  readonly question: Readonly<Partial<Record<Language, string>>>
  readonly fatigueDays: number
  readonly validDays: number
}

const columns = ['id', 'customerId', 'scale', 'anonymity', 'question', 'fatigueDays', 'validDays'] as const

/** Asks the requester of an incident that is over, where a survey says so: that of the customer before that of all. */
export async function askAboutIncident(context: Context, incidentId: string): Promise<void> {
  const { db, now } = context
  const incident = await db
    .selectFrom('incident')
    .innerJoin('person', 'person.id', 'incident.requesterId')
    .select(['incident.id', 'incident.customerId', 'incident.number', 'incident.title', 'incident.state'])
    .select(['incident.siteId', 'incident.serviceId', 'incident.teamId', 'incident.resolvedAt', 'incident.requesterId'])
    .where('incident.id', '=', incidentId)
    // Our own people are not asked how satisfied they are with themselves.
    .whereRef('person.customerId', '=', 'incident.customerId')
    .executeTakeFirst()
  if (incident === undefined || incident.resolvedAt === null) return
  const { state, resolvedAt, customerId } = incident
  if (state !== 'resolved' && state !== 'closed') return
  if (now.getTime() - resolvedAt.getTime() > FRESH_MS) return
  const survey = await db
    .selectFrom('survey')
    .select(columns)
    .where('trigger', 'in', state === 'closed' ? ['resolved', 'closed'] : ['resolved'])
    .where('endedAt', 'is', null)
    .where((where) => where.or([where('customerId', '=', customerId), where('customerId', 'is', null)]))
    .orderBy(sql`customer_id nulls last`)
    .orderBy('createdAt', 'desc')
    .limit(1)
    .executeTakeFirst()
  if (survey === undefined) return
  const { number, title, siteId, serviceId, teamId, requesterId } = incident
  const about = { id: incidentId, number, title, siteId, serviceId, teamId }
  await ask(context, survey as SurveyRow, { customerId, personId: requesterId!, about })
}

/** Asks everybody at the customer of a survey, or at all customers, who has an address and was not asked lately. */
export async function askAll(context: Context, surveyId: string): Promise<void> {
  const { db } = context
  const survey = await db
    .selectFrom('survey')
    .select(columns)
    .where('id', '=', surveyId)
    .where('endedAt', 'is', null)
    .executeTakeFirst()
  if (survey === undefined) return
  const people = await db
    .selectFrom('person')
    .select(['id', 'customerId'])
    .where('email', 'is not', null)
    .where('customerId', 'is not', null)
    .$if(survey.customerId !== null, (query) => query.where('customerId', '=', survey.customerId))
    .orderBy('id')
    .execute()
  for (const { id, customerId } of people) {
    await ask(context, survey as SurveyRow, { customerId: customerId!, personId: id, about: null })
  }
}

/** Periodic surveys whose day has come; says when each is next. */
export async function surveysDue({ db, now }: Context): Promise<readonly string[]> {
  const today = now.toISOString().slice(0, 10)
  const rows = await db
    .updateTable('survey')
    .set({ nextOn: sql`${today}::date + every_days` })
    .where('trigger', '=', 'periodic')
    .where('endedAt', 'is', null)
    .where('nextOn', '<=', sql<string>`${today}::date`)
    .returning('id')
    .execute()
  return rows.map(({ id }) => id)
}

interface Who {
  readonly customerId: string
  readonly personId: string
  readonly about: {
    readonly id: string
    readonly number: string
    readonly title: string
    readonly siteId: string | null
    readonly serviceId: string | null
    readonly teamId: string | null
  } | null
}

async function ask(context: Context, survey: SurveyRow, { customerId, personId, about }: Who): Promise<void> {
  const { db, now } = context
  if (!(await mayBeAsked(db, personId, now, survey.fatigueDays))) return
  const person = await db
    .selectFrom('person')
    .innerJoin('customer', 'customer.id', 'person.customerId')
    .select(['person.name', 'person.email', 'person.language', 'customer.name as customer', 'customer.timeZone'])
    .where('person.id', '=', personId)
    .executeTakeFirstOrThrow()
  const language = languageOf(person.language)
  const anonymous = survey.anonymity === 'anonymous'
  const secret = newSecret()
  const factId = randomUUID()
  await db
    .insertInto('surveyInvitation')
    .values({
      id: factId,
      surveyId: survey.id,
      customerId,
      month: monthIn(now, person.timeZone),
      language,
      expiresAt: new Date(now.getTime() + survey.validDays * DAY_MS),
      // Of an anonymous survey it is counted that one more was asked.
      ...(!anonymous && {
        siteId: about?.siteId ?? null,
        serviceId: about?.serviceId ?? null,
        personId,
        incidentId: about?.id ?? null,
        fingerprint: fingerprint(secret),
        invitedAt: now,
      }),
    })
    .execute()
  if (person.email === null) return
  const key = anonymous ? await generalLink(context, survey.id, customerId) : secret
  await askByMail(context, {
    customer: { id: customerId, name: person.customer },
    recipient: { name: person.name, email: person.email, language },
    incident: anonymous || about === null ? null : { id: about.id, number: about.number, title: about.title },
    teamId: about?.teamId ?? null,
    text: questionText(survey, language, { key, about: anonymous ? null : about }),
    link: answerAddress(key),
    factId: anonymous ? randomUUID() : factId,
  })
}

/** Whether the person was not asked within so many days, by whichever survey; then it counts as asked now. */
async function mayBeAsked(db: Db, personId: string, now: Date, days: number): Promise<boolean> {
  const { rows } = await sql`
    insert into survey_contact as kept (person_id, asked_at) values (${personId}, ${now})
    on conflict (person_id) do update set asked_at = excluded.asked_at
      where kept.asked_at <= ${new Date(now.getTime() - days * DAY_MS)}
    returning person_id`.execute(db)
  return rows.length > 0
}

/** The address that everybody gets who is asked anonymously: it tells nobody from anybody else. */
async function generalLink({ db, now }: Context, surveyId: string, customerId: string): Promise<string> {
  const there = await db
    .selectFrom('surveyLink')
    .select('key')
    .where('surveyId', '=', surveyId)
    .where('customerId', '=', customerId)
    .where('name', '=', GENERAL_LINK)
    .where('endedAt', 'is', null)
    .executeTakeFirst()
  if (there !== undefined) return there.key
  const key = newSecret()
  await db
    .insertInto('surveyLink')
    .values({ id: randomUUID(), surveyId, customerId, name: GENERAL_LINK, key, createdAt: now })
    .execute()
  return key
}

/** Where one answers; what follows the # never leaves the browser but in what it sends to us. */
export function answerAddress(key: string, score?: number): string {
  const chosen = score === undefined ? '' : `?score=${score}`
  return `${configurationOf(process.env).url}/answer${chosen}#${key}`
}

/** The question with a line for each answer, to be pressed. */
function questionText(
  { scale, anonymity, question }: SurveyRow,
  language: Language,
  { key: secret, about }: { readonly key: string; readonly about: Who['about'] },
): string {
  const say = (key: Parameters<typeof sayOfFeedback>[1], values = {}) => sayOfFeedback(language, key, values)
  const scores = scoresOn(scale)
  const lines = scores.map((score) => {
    const end = score === scores[0] ? 'low' : score === scores.at(-1) ? 'high' : null
    const word = end === null ? '' : ` (${say(`end.${scale}.${end}`)})`
    return `${score}${word}: ${answerAddress(secret, score)}`
  })
  return [
    question[language] ?? say(`question.${scale}`),
    ...(about === null ? [] : [say('about', { number: about.number, title: about.title })]),
    `${say('choose')}\n${lines.join('\n')}`,
    say(`anonymity.${anonymity}`),
  ].join('\n\n')
}

/** First day of the month in which a moment lies in a zone. */
export function monthIn(at: Date, timeZone: string): string {
  const parts = new Intl.DateTimeFormat('en-CA', { timeZone, year: 'numeric', month: '2-digit' }).formatToParts(at)
  const part = (type: string) => parts.find((each) => each.type === type)!.value
  return `${part('year')}-${part('month')}-01`
}
