import { DAY_MS } from '#core/calendar-rules.ts'
import { Failure, invalid, refused } from '#core/failure.ts'
import { newId } from '#core/id.ts'
import { reachable } from '#core/lifecycle.ts'
import { barredFromWorking, require } from '#core/may.ts'
import { requireCustomer } from '#modules/customers'
import { getIncident } from '#modules/incidents'
import type { Context } from '#platform/context.ts'
import { audit } from '#platform/history.ts'
import type { Given } from '#platform/http.ts'
import type { Article, ArticleChange, NewArticle, voteOnArticle as endpoint } from './api.ts'
import { articleLifecycle, type ArticleState } from './article.ts'
import { getArticle, lockArticle } from './queries.ts'

/** So long after it was published an article is looked at again. */
const REVIEWED_AFTER_MS = 365 * DAY_MS

/** A draft of one's own. */
export async function addArticle(context: Context, given: NewArticle): Promise<Article> {
  require(barredFromWorking(context.actor))
  const { db, now, actor } = context
  const content =
    'incident' in given
      ? await contentFrom(context, given)
      : 'source' in given
        ? await contentToTranslate(context, given)
        : await contentOf(context, given)
  requireOwnCustomers(context, content.customerId)
  const id = newId(now.getTime())
  const row = { ...content, id, ownerId: actor.personId, createdAt: now, updatedAt: now }
  await db.insertInto('article').values(row).execute()
  const { customerId, title } = content
  await audit(context, { action: 'article.added', subjectType: 'article', subjectId: id, customerId, facts: { title } })
  return getArticle(context, id)
}

async function contentOf(
  { db }: Context,
  {
    title,
    text,
    language,
    audience,
    customer,
    knownError,
  }: Exclude<NewArticle, { incident: string } | { source: string }>,
) {
  const customerId = customer === undefined ? null : (await requireCustomer(db, customer)).id
  requireFitting(audience, customerId)
  return { title, text, language, audience, customerId, knownError, incidentId: null }
}

/** The words to begin with are those of the source as it is now. A translation is made of the source, not of another one. */
async function contentToTranslate(context: Context, { source, language }: Extract<NewArticle, { source: string }>) {
  const row = await lockArticle(context, source)
  if (row.sourceId !== null) throw refused('article.is-translation')
  if (row.language === language) throw refused('article.same-language')
  const { translations } = await getArticle(context, source)
  if (translations.some((each) => each.language === language)) throw refused('article.translated-already')
  const { title, text, audience, customerId, knownError, edition } = row
  return {
    title,
    text,
    language,
    audience,
    customerId,
    knownError,
    incidentId: null,
    sourceId: source,
    sourceEdition: edition,
  }
}

/** What is written of a customer's incident is for that customer's people, until somebody makes it general. */
async function contentFrom(context: Context, { incident, language }: Extract<NewArticle, { incident: string }>) {
  const { id, title, description, resolution, customer } = await getIncident(context, incident)
  const heads = { en: ['What is the case', 'What helps'], de: ['Was ist der Fall', 'Was hilft'] }[language]
  const text = [`## ${heads[0]}`, description, `## ${heads[1]}`, resolution ?? ''].join('\n\n').trim()
  return { title, text, language, audience: 'customer', customerId: customer.id, incidentId: id }
}

/** Changes an article; what was published stays so. */
export async function changeArticle(
  context: Context,
  id: string,
  version: number,
  { customer, upToDate, ...change }: ArticleChange,
): Promise<Article> {
  require(barredFromWorking(context.actor))
  const { db, now } = context
  const before = await lockArticle(context, id, version)
  requireOwnCustomers(context, before.customerId)
  const customerId =
    customer === undefined ? before.customerId : customer === null ? null : (await requireCustomer(db, customer)).id
  requireFitting(change.audience ?? before.audience, customerId)
  requireOwnCustomers(context, customerId)
  const says = { title: before.title, text: before.text, ...change }
  const isSaidAnew = says.title !== before.title || says.text !== before.text
  const ofSource = upToDate && before.sourceId !== null ? await editionOf(context, before.sourceId) : null
  await db
    .updateTable('article')
    .set({
      ...change,
      customerId,
      updatedAt: now,
      version: version + 1,
      ...(isSaidAnew && { edition: before.edition + 1 }),
      ...(ofSource !== null && { sourceEdition: ofSource }),
    })
    .where('id', '=', id)
    .execute()
  const facts = { from: { audience: before.audience, customerId: before.customerId }, change: Object.keys(change) }
  await audit(context, { action: 'article.changed', subjectType: 'article', subjectId: id, customerId, facts })
  return getArticle(context, id)
}

async function editionOf({ db }: Context, id: string): Promise<number | null> {
  const row = await db.selectFrom('article').select('edition').where('id', '=', id).executeTakeFirst()
  return row?.edition ?? null
}

/** Takes one step of an article's life. */
export async function transitArticle(context: Context, id: string, to: ArticleState): Promise<Article> {
  require(barredFromWorking(context.actor))
  const { db, now } = context
  const before = await lockArticle(context, id)
  requireOwnCustomers(context, before.customerId)
  const state = before.state as ArticleState
  if (!reachable(articleLifecycle, state).includes(to)) throw refused('article.no-such-step', { from: state, to })
  const due = new Date(now.getTime() + REVIEWED_AFTER_MS).toISOString().slice(0, 10)
  await db
    .updateTable('article')
    .set({
      state: to,
      updatedAt: now,
      version: before.version + 1,
      ...(to === 'published' && before.reviewDue === null && { reviewDue: due }),
    })
    .where('id', '=', id)
    .execute()
  const { customerId } = before
  const facts = { from: state, to }
  await audit(context, { action: 'article.moved', subjectType: 'article', subjectId: id, customerId, facts })
  return getArticle(context, id)
}

/** Both sides of what a reader does: first whether they may see it, in their own role; then the writing, in the program's. */
type Door = Pick<Given<typeof endpoint>, 'inTransaction' | 'asProgram'>

/** Counts that somebody opened it. */
export async function openArticle({ inTransaction, asProgram }: Door, id: string): Promise<null> {
  await inTransaction('read only', (context) => getArticle(context, id))
  await asProgram(async ({ db }) => {
    await db
      .updateTable('article')
      .set((set) => ({ used: set('used', '+', 1) }))
      .where('id', '=', id)
      .execute()
    return null
  })
  return null
}

/** Whether it helped somebody: each has one voice. */
export async function voteOnArticle(
  { inTransaction, asProgram }: Door,
  id: string,
  helpful: boolean,
): Promise<Article> {
  const personId = await inTransaction('read only', async (context) => {
    await getArticle(context, id)
    const { actor } = context
    if (actor.personId === null) throw new Failure('forbidden', 'may.sign-in')
    if (actor.access === 'auditor') throw new Failure('forbidden', 'may.read-only')
    return actor.personId
  })
  await asProgram(async (context) => {
    const { db, now } = context
    await lockArticle(context, id)
    await db
      .insertInto('articleVote')
      .values({ articleId: id, personId, helpful, votedAt: now })
      .onConflict((conflict) => conflict.columns(['articleId', 'personId']).doUpdateSet({ helpful, votedAt: now }))
      .execute()
    const votes = await db
      .selectFrom('articleVote')
      .select((of) => [
        of.fn.countAll<number>().as('all'),
        of.fn.countAll<number>().filterWhere('helpful', '=', true).as('helpful'),
      ])
      .where('articleId', '=', id)
      .executeTakeFirstOrThrow()
    await db
      .updateTable('article')
      .set({ helpful: votes.helpful, unhelpful: votes.all - votes.helpful })
      .where('id', '=', id)
      .execute()
    return null
  })
  return inTransaction('read only', (context) => getArticle(context, id))
}

/** For one customer's people means that customer, for everybody means none. */
function requireFitting(audience: string, customerId: string | null): void {
  if (audience === 'customer' && customerId === null) {
    throw invalid('article.customer-needed', {}, { errors: [{ path: 'customer', message: '' }] })
  }
  if (audience === 'user' && customerId !== null) {
    throw invalid('article.for-everybody', {}, { errors: [{ path: 'customer', message: '' }] })
  }
}

/** Whoever works for some customers writes for these, and changes nothing that all read. */
function requireOwnCustomers({ actor }: Context, customerId: string | null): void {
  if (actor.access === 'limited' && customerId === null) throw new Failure('forbidden', 'may.own-customers')
}
