import { type RawBuilder, sql } from 'kysely'
import { invalid, notFound, refused } from '#core/failure.ts'
import { newId } from '#core/id.ts'
import { reachable } from '#core/lifecycle.ts'
import { barredFromInside, barredFromWorking, require } from '#core/may.ts'
import { requireCustomer } from '#modules/customers'
import { getIncident } from '#modules/incidents'
import { requirePerson } from '#modules/people'
import { requireService } from '#modules/services'
import { requireSite } from '#modules/sites'
import type { Context } from '#platform/context.ts'
import { audit } from '#platform/history.ts'
import type { Given } from '#platform/http.ts'
import { keyOf, pageFrom } from '#platform/paging.ts'
import type { addFeedbackCase, CaseMove, CasesQuery, FeedbackCase, NewFeedbackCase } from './api.ts'
import { type CaseState, complaintDue, complaintLifecycle, complimentLifecycle } from './survey.ts'

function cases({ db, actor }: Context) {
  const inside = barredFromInside(actor) === null
  const person = (column: string) =>
    sql<FeedbackCase['person']>`(select json_build_object('id', p.id, 'name', p.name) from person p
      where p.id = ${sql.ref(`feedback_case.${column}`)})`
  const own = (column: string): RawBuilder<string | null> =>
    inside ? sql`${sql.ref(`feedback_case.${column}`)}` : sql`null`
  const place = (table: string) =>
    sql<FeedbackCase['site']>`(select json_build_object('id', t.id, 'name', t.name) from ${sql.table(table)} t
      where t.id = ${sql.ref(`feedback_case.${table}_id`)})`
  return db
    .selectFrom('feedbackCase')
    .innerJoin('customer', 'customer.id', 'feedbackCase.customerId')
    .select([
      'feedbackCase.id',
      'feedbackCase.kind',
      'feedbackCase.text',
      'feedbackCase.state',
      'feedbackCase.receivedAt',
    ])
    .select(['feedbackCase.acknowledgeDue', 'feedbackCase.answerDue', 'feedbackCase.acknowledgedAt'])
    .select(['feedbackCase.answeredAt', 'feedbackCase.closedAt', 'feedbackCase.answer', 'feedbackCase.version'])
    .select(['customer.id as customerId', 'customer.name as customerName'])
    .select([
      place('site').as('site'),
      place('service').as('service'),
      sql<FeedbackCase['incident']>`(select json_build_object('id', i.id, 'number', i.number, 'title', i.title)
        from incident i where i.id = feedback_case.incident_id)`.as('incident'),
      person('person_id').as('person'),
      inside ? person('owner_id').as('owner') : sql<null>`null`.as('owner'),
      own('findings').as('findings'),
    ])
}

type Row = Awaited<ReturnType<ReturnType<typeof cases>['execute']>>[number]

function caseOf({ customerId, customerName, ...row }: Row): FeedbackCase {
  return { ...(row as Omit<FeedbackCase, 'customer'>), customer: { id: customerId, name: customerName } }
}

/** `GET /feedback/cases`. */
export async function listCases(context: Context, { customer, kind, state, limit, cursor }: CasesQuery) {
  const after = keyOf(cursor, ['moment', 'id'])
  const customerId = customer === undefined ? null : (await requireCustomer(context.db, customer)).id
  const rows = await cases(context)
    .select(sql<string>`feedback_case.received_at::text`.as('sortKey'))
    .$if(customerId !== null, (query) => query.where('feedbackCase.customerId', '=', customerId!))
    .$if(kind !== undefined, (query) => query.where('feedbackCase.kind', '=', kind!))
    .$if(state === 'open', (query) => query.where('feedbackCase.closedAt', 'is', null))
    .$if(state === 'over', (query) => query.where('feedbackCase.closedAt', 'is not', null))
    .$if(after !== undefined, (query) =>
      query.where(
        sql<boolean>`(feedback_case.received_at, feedback_case.id) < (${after?.[0]}::timestamptz, ${after?.[1]}::uuid)`,
      ),
    )
    .orderBy('feedbackCase.receivedAt', 'desc')
    .orderBy('feedbackCase.id', 'desc')
    .limit(limit + 1)
    .execute()
  const page = pageFrom(rows, limit, ({ sortKey, id }) => [sortKey, id])
  return { items: page.items.map(caseOf), nextCursor: page.nextCursor }
}

export async function readCase(context: Context, id: string): Promise<FeedbackCase> {
  const row = await cases(context).where('feedbackCase.id', '=', id).executeTakeFirst()
  if (row === undefined) throw notFound('feedback-case.not-found')
  return caseOf(row)
}

type Door = Pick<Given<typeof addFeedbackCase>, 'inTransaction' | 'asProgram'>

/** Writes down what somebody says in their own name, or what one of ours was told. What it is about has to be in sight. */
export async function addCase({ inTransaction, asProgram }: Door, given: NewFeedbackCase): Promise<FeedbackCase> {
  const meant = await inTransaction('read only', async (context) => {
    const { actor, db } = context
    const outside = actor.access === 'customer'
    if (!outside) require(barredFromWorking(actor))
    const [only, ...more] = actor.access === 'customer' ? actor.customers : []
    const customer = given.customer ?? (more.length === 0 ? only : undefined)
    if (customer === undefined)
      throw invalid('survey.customer-needed', {}, { errors: [{ path: 'customer', message: '' }] })
    const { id: customerId } = await requireCustomer(db, customer)
    const incident = given.incident === undefined ? null : await getIncident(context, given.incident)
    if (incident !== null && incident.customer.id !== customerId)
      throw notFound('incident.not-found', { incident: given.incident! })
    const person = outside ? actor.personId : (given.person ?? null)
    if (person !== null && !outside) await requirePerson(db, person)
    return {
      customerId,
      incidentId: incident?.id ?? null,
      personId: person,
      siteId: given.site === undefined ? null : (await requireSite(db, customerId, given.site)).id,
      serviceId: given.service === undefined ? null : (await requireService(db, customerId, given.service)).id,
    }
  })
  const added = await asProgram(async (context) => {
    const { db, now } = context
    const id = newId(now.getTime())
    const { kind, text } = given
    const due = kind === 'complaint' ? complaintDue(now) : {}
    await db
      .insertInto('feedbackCase')
      .values({ id, ...meant, kind, text, receivedAt: now, ...due })
      .execute()
    const { customerId } = meant
    await audit(context, { action: 'feedback-case.received', subjectType: 'feedback-case', subjectId: id, customerId })
    return id
  })
  return inTransaction('read only', (context) => readCase(context, added))
}

/** Moves it on (DOMAIN §2.7). */
export async function moveCase(
  context: Context,
  id: string,
  { to, findings, answer, owner }: CaseMove,
): Promise<FeedbackCase> {
  const { db, actor, now } = context
  require(barredFromWorking(actor))
  const kept = await db.selectFrom('feedbackCase').selectAll().where('id', '=', id).forUpdate().executeTakeFirst()
  if (kept === undefined) throw notFound('feedback-case.not-found')
  const lifecycle = kept.kind === 'complaint' ? complaintLifecycle : complimentLifecycle
  if (!reachable(lifecycle, kept.state as CaseState).includes(to))
    throw refused('feedback-case.cannot', { state: kept.state, to })
  if (to === 'answered' && answer === undefined) {
    throw invalid('feedback-case.answer-needed', {}, { errors: [{ path: 'answer', message: '' }] })
  }
  if (owner !== undefined && (await requirePerson(db, owner)).customerId !== null) {
    throw invalid('escalation.owner-inside', {}, { errors: [{ path: 'owner', message: '' }] })
  }
  await db
    .updateTable('feedbackCase')
    .set({
      state: to,
      ownerId: owner ?? kept.ownerId ?? actor.personId,
      ...(findings !== undefined && { findings }),
      ...(answer !== undefined && { answer }),
      ...(to === 'acknowledged' && { acknowledgedAt: now }),
      ...(to === 'answered' && { answeredAt: now }),
      ...(to === 'accepted' && { closedAt: now }),
      version: kept.version + 1,
    })
    .where('id', '=', id)
    .execute()
  const about = { subjectType: 'feedback-case', subjectId: id, customerId: kept.customerId }
  await audit(context, { action: 'feedback-case.state', ...about, facts: { from: kept.state, to } })
  return readCase(context, id)
}
