import { sql } from 'kysely'
import { toString as qrCode } from 'qrcode'
import { Failure, invalid, notFound, refused } from '#core/failure.ts'
import { newId } from '#core/id.ts'
import { require } from '#core/may.ts'
import { OPINION_MINIMUM } from '#core/small-groups.ts'
import { requireCustomer } from '#modules/customers'
import { newSecret } from '#modules/people'
import { requireService } from '#modules/services'
import { requireSite } from '#modules/sites'
import type { Context } from '#platform/context.ts'
import { audit } from '#platform/history.ts'
import type { FileReply } from '#platform/http.ts'
import type { NewSurvey, NewSurveyLink, Survey, SurveyLink } from './api.ts'
import { answerAddress } from './asking.ts'
import { askEverybody } from './jobs.ts'
import { barredFromSurveying } from './may.ts'
import { askedPeople } from './reading.ts'

/** `GET /surveys`. */
export async function listSurveys(
  context: Context,
  { customer }: { readonly customer?: string | undefined },
): Promise<Survey[]> {
  const { db } = context
  const customerId = customer === undefined ? null : (await requireCustomer(db, customer)).id
  const rows = await surveys(context)
    .$if(customerId !== null, (query) =>
      query.where((where) =>
        where.or([where('survey.customerId', '=', customerId), where('survey.customerId', 'is', null)]),
      ),
    )
    .orderBy('survey.createdAt', 'desc')
    .orderBy('survey.id', 'desc')
    .execute()
  return rows.map(surveyOf)
}

export async function readSurvey(context: Context, id: string): Promise<Survey> {
  const row = await surveys(context).where('survey.id', '=', id).executeTakeFirst()
  if (row === undefined) throw notFound('survey.not-found')
  return surveyOf(row)
}

/** How many each survey asked, and how many answered it. */
const countedSurveys = sql<{ surveyId: string; asked: number; answered: number }>`(
  select survey_id, sum(people) filter (where part = 'asked') as asked, sum(people) filter (where part = 'score') as answered
  from (
    select survey_id, 'asked' as part, people from ${askedPeople} asked
    union all
    select survey_id, part, people from felt_sum where part = 'score') people
  group by survey_id)`

function surveys({ db }: Context) {
  return db
    .selectFrom('survey')
    .leftJoin('customer', 'customer.id', 'survey.customerId')
    .leftJoin(countedSurveys.as('counted'), (join) => join.onRef('counted.surveyId', '=', 'survey.id'))
    .select([
      'survey.id',
      'survey.name',
      'survey.trigger',
      'survey.scale',
      'survey.anonymity',
      'survey.question',
      'survey.asksLostTime',
      'survey.asksFactors',
      'survey.everyDays',
      'survey.nextOn',
      'survey.fatigueDays',
      'survey.validDays',
      'survey.createdAt',
      'survey.endedAt',
      'survey.version',
      'customer.id as customerId',
      'customer.name as customerName',
      sql<number>`coalesce(counted.asked, 0)::int`.as('asked'),
      sql<number>`coalesce(counted.answered, 0)::int`.as('answered'),
    ])
}

type Row = Awaited<ReturnType<ReturnType<typeof surveys>['execute']>>[number]

function surveyOf({ customerId, customerName, answered, ...row }: Row): Survey {
  return {
    ...(row as Omit<Survey, 'customer' | 'answered'>),
    answered: row.anonymity !== 'identified' && answered > 0 && answered < OPINION_MINIMUM ? null : answered,
    customer: customerId === null || customerName === null ? null : { id: customerId, name: customerName },
  }
}

/** `POST /surveys`. */
export async function addSurvey(
  context: Context,
  { customer, question, everyDays, ...given }: NewSurvey,
): Promise<Survey> {
  const { actor, db, now } = context
  require(barredFromSurveying(actor))
  if ((given.trigger === 'periodic') !== (everyDays !== undefined)) {
    throw invalid('survey.every-days', {}, { errors: [{ path: 'everyDays', message: '' }] })
  }
  if (customer === undefined && actor.access === 'limited') throw new Failure('forbidden', 'may.own-customers')
  const customerId = customer === undefined ? null : (await requireCustomer(db, customer)).id
  const id = newId(now.getTime())
  const today = now.toISOString().slice(0, 10)
  await db
    .insertInto('survey')
    .values({
      id,
      customerId,
      ...given,
      question: JSON.stringify(question),
      everyDays: everyDays ?? null,
      nextOn: everyDays === undefined ? null : today,
      createdAt: now,
    })
    .execute()
  await audit(context, { action: 'survey.added', subjectType: 'survey', subjectId: id, customerId })
  return readSurvey(context, id)
}

/** `POST /surveys/:id/end`. */
export async function endSurvey(context: Context, id: string, version: number): Promise<Survey> {
  const kept = await lockSurvey(context, id)
  if (kept.version !== version) throw new Failure('moved-on', 'request.moved-on')
  if (kept.endedAt !== null) throw refused('survey.over')
  await context.db
    .updateTable('survey')
    .set({ endedAt: context.now, version: version + 1 })
    .where('id', '=', id)
    .execute()
  await audit(context, { action: 'survey.ended', subjectType: 'survey', subjectId: id, customerId: kept.customerId })
  return readSurvey(context, id)
}

/** `POST /surveys/:id/rounds`. */
export async function askNow(context: Context, id: string): Promise<void> {
  const kept = await lockSurvey(context, id)
  if (kept.endedAt !== null) throw refused('survey.over')
  await context.enqueue(askEverybody, { survey: id })
  await audit(context, { action: 'survey.asked', subjectType: 'survey', subjectId: id, customerId: kept.customerId })
}

async function lockSurvey({ actor, db }: Context, id: string) {
  require(barredFromSurveying(actor))
  const row = await db
    .selectFrom('survey')
    .select(['version', 'endedAt', 'customerId'])
    .where('id', '=', id)
    .executeTakeFirst()
  if (row === undefined) throw notFound('survey.not-found')
  if (row.customerId === null && actor.access === 'limited') throw new Failure('forbidden', 'may.own-customers')
  return row
}

/** `GET /surveys/:id/links`. */
export async function listLinks(context: Context, surveyId: string): Promise<SurveyLink[]> {
  await readSurvey(context, surveyId)
  return readLinks(context, { surveyId })
}

async function readLinks(
  { db }: Context,
  by: { readonly surveyId: string } | { readonly id: string },
): Promise<SurveyLink[]> {
  const rows = await db
    .selectFrom('surveyLink')
    .innerJoin('customer', 'customer.id', 'surveyLink.customerId')
    .leftJoin('site', 'site.id', 'surveyLink.siteId')
    .leftJoin('service', 'service.id', 'surveyLink.serviceId')
    .select(['surveyLink.id', 'surveyLink.name', 'surveyLink.key', 'surveyLink.createdAt', 'surveyLink.endedAt'])
    .select(['surveyLink.version', 'customer.id as customerId', 'customer.name as customerName'])
    .select(['site.id as siteId', 'site.name as siteName', 'service.id as serviceId', 'service.name as serviceName'])
    .$if('surveyId' in by, (query) => query.where('surveyLink.surveyId', '=', (by as { surveyId: string }).surveyId))
    .$if('id' in by, (query) => query.where('surveyLink.id', '=', (by as { id: string }).id))
    .orderBy('surveyLink.createdAt')
    .orderBy('surveyLink.id')
    .execute()
  return rows.map(({ key, customerId, customerName, siteId, siteName, serviceId, serviceName, ...row }) => ({
    ...row,
    address: answerAddress(key),
    customer: { id: customerId, name: customerName },
    site: siteId === null || siteName === null ? null : { id: siteId, name: siteName },
    service: serviceId === null || serviceName === null ? null : { id: serviceId, name: serviceName },
  }))
}

/** `POST /surveys/:id/links`. */
export async function addLink(context: Context, surveyId: string, given: NewSurveyLink): Promise<SurveyLink> {
  const { actor, db, now } = context
  require(barredFromSurveying(actor))
  const survey = await readSurvey(context, surveyId)
  if (survey.endedAt !== null) throw refused('survey.over')
  const customer = given.customer ?? survey.customer?.id
  if (customer === undefined)
    throw invalid('survey.customer-needed', {}, { errors: [{ path: 'customer', message: '' }] })
  const customerId = (await requireCustomer(db, customer)).id
  if (survey.customer !== null && survey.customer.id !== customerId) throw notFound('survey.not-found')
  const siteId = given.site === undefined ? null : (await requireSite(db, customerId, given.site)).id
  const serviceId = given.service === undefined ? null : (await requireService(db, customerId, given.service)).id
  const id = newId(now.getTime())
  const row = { id, surveyId, customerId, siteId, serviceId, name: given.name, key: newSecret(), createdAt: now }
  await db.insertInto('surveyLink').values(row).execute()
  await audit(context, { action: 'survey-link.added', subjectType: 'survey', subjectId: surveyId, customerId })
  const [link] = await readLinks(context, { id })
  return link!
}

/** `POST /survey-links/:id/end`. */
export async function endLink(context: Context, id: string): Promise<void> {
  require(barredFromSurveying(context.actor))
  const row = await context.db
    .updateTable('surveyLink')
    .set({ endedAt: context.now })
    .where('id', '=', id)
    .where('endedAt', 'is', null)
    .returning(['surveyId', 'customerId'])
    .executeTakeFirst()
  if (row === undefined) throw notFound('survey-link.not-found')
  const { surveyId, customerId } = row
  await audit(context, { action: 'survey-link.ended', subjectType: 'survey', subjectId: surveyId, customerId })
}

/** `GET /survey-links/:id/qr`. */
export async function drawLink(context: Context, id: string): Promise<FileReply> {
  const [link] = await readLinks(context, { id })
  if (link === undefined) throw notFound('survey-link.not-found')
  const svg = await qrCode(link.address, { type: 'svg', margin: 2, errorCorrectionLevel: 'Q' })
  return { file: Buffer.from(svg), type: 'image/svg+xml' }
}
