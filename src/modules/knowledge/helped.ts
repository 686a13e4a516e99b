import { refused } from '#core/failure.ts'
import { barredFromWorking, require } from '#core/may.ts'
import { getIncident } from '#modules/incidents'
import type { Context } from '#platform/context.ts'
import { audit } from '#platform/history.ts'
import type { ArticleState } from './article.ts'
import { getArticle } from './queries.ts'

interface Helped {
  readonly items: {
    readonly id: string
    readonly title: string
    readonly state: ArticleState
    readonly knownError: boolean
  }[]
}

/** Articles that helped to resolve an incident, by title. */
export async function helpfulArticles(context: Context, incident: string): Promise<Helped> {
  const { id } = await getIncident(context, incident)
  const rows = await context.db
    .selectFrom('incidentArticle')
    .innerJoin('article', 'article.id', 'incidentArticle.articleId')
    .select(['article.id', 'article.title', 'article.state', 'article.knownError'])
    .where('incidentArticle.incidentId', '=', id)
    .orderBy('article.title')
    .orderBy('article.id')
    .execute()
  return { items: rows.map((row) => ({ ...row, state: row.state as ArticleState })) }
}

/** Refuses an article that nobody may read yet, or that is another customer's. */
export async function sayHelped(context: Context, incident: string, articleId: string): Promise<Helped> {
  require(barredFromWorking(context.actor))
  const { db, now } = context
  const { id, customer } = await getIncident(context, incident)
  const { state, customer: whose, title } = await getArticle(context, articleId)
  if (state !== 'published' && state !== 'outdated') throw refused('article.not-published')
  if (whose !== null && whose.id !== customer.id) throw refused('article.of-another')
  const { numInsertedOrUpdatedRows: written = 0n } = await db
    .insertInto('incidentArticle')
    .values({ incidentId: id, articleId, customerId: customer.id, saidAt: now })
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirst()
  const about = { subjectType: 'incident', subjectId: id, customerId: customer.id } as const
  if (written > 0n) await audit(context, { action: 'incident.article-helped', ...about, facts: { title } })
  return helpfulArticles(context, id)
}

export async function takeBackHelped(context: Context, incident: string, articleId: string): Promise<Helped> {
  require(barredFromWorking(context.actor))
  const { id, customer } = await getIncident(context, incident)
  const { numDeletedRows } = await context.db
    .deleteFrom('incidentArticle')
    .where('incidentId', '=', id)
    .where('articleId', '=', articleId)
    .executeTakeFirst()
  const about = { subjectType: 'incident', subjectId: id, customerId: customer.id } as const
  if (numDeletedRows > 0n) await audit(context, { action: 'incident.article-taken-back', ...about })
  return helpfulArticles(context, id)
}
