import { sql } from 'kysely'
import { Failure, notFound } from '#core/failure.ts'
import { barredFromInside } from '#core/may.ts'
import { requireCustomer } from '#modules/customers'
import type { Context } from '#platform/context.ts'
import { keyOf, pageFrom } from '#platform/paging.ts'
import type { Article, ArticleFilter, ArticleLine } from './api.ts'

/** Articles in sight, with whose they are; who looks after them only for the provider's people. */
function selectArticles({ db, actor }: Pick<Context, 'db' | 'actor'>) {
  return (
    db
      .selectFrom('article')
      .leftJoin('customer', 'customer.id', 'article.customerId')
      // One that is not in sight is as good as none.
      .leftJoin('article as source', 'source.id', 'article.sourceId')
      .select([
        'article.id',
        'article.title',
        'article.language',
        'article.audience',
        'article.customerId',
        'customer.name as customerName',
        'article.state',
        sql<string | null>`article.review_due::text`.as('reviewDue'),
        'article.used',
        'article.helpful',
        'article.unhelpful',
        'article.updatedAt',
        'article.version',
        'article.knownError',
        'article.sourceEdition',
        'source.id as sourceId',
        'source.title as sourceTitle',
        'source.language as sourceLanguage',
        'source.edition as sourceNow',
      ])
      .$if(barredFromInside(actor) === null, (query) =>
        query
          .leftJoin('person', 'person.id', 'article.ownerId')
          .select(['person.id as ownerId', 'person.name as ownerName']),
      )
  )
}

type Row = Awaited<ReturnType<ReturnType<typeof selectArticles>['execute']>>[number]

function lineOf(row: Row): ArticleLine {
  const { id, title, customerId, customerName, ownerId, ownerName, reviewDue, used, helpful, unhelpful } = row
  const { updatedAt, version, knownError } = row
  return {
    id,
    title,
    knownError,
    source: sourceOf(row),
    reviewDue,
    used,
    helpful,
    unhelpful,
    updatedAt,
    version,
    language: row.language as ArticleLine['language'],
    audience: row.audience as ArticleLine['audience'],
    state: row.state as ArticleLine['state'],
    customer: customerId === null ? null : { id: customerId, name: customerName ?? '' },
    owner: ownerId ? { id: ownerId, name: ownerName ?? '' } : null,
  }
}

function sourceOf({ sourceId, sourceTitle, sourceLanguage, sourceEdition, sourceNow }: Row): ArticleLine['source'] {
  if (sourceId === null) return null
  return {
    id: sourceId,
    title: sourceTitle!,
    language: sourceLanguage as ArticleLine['language'],
    behind: sourceNow! > (sourceEdition ?? 0),
  }
}

/** By words the best fitting, as many as asked for; else page by page, the last changed first. */
export async function listArticles(
  context: Context,
  { q, within, state, customer, limit, cursor }: ArticleFilter,
): Promise<{ items: ArticleLine[]; nextCursor: string | null }> {
  const customerId = customer === undefined ? undefined : (await requireCustomer(context.db, customer)).id
  const narrowed = selectArticles(context)
    .$if(state !== undefined, (query) => query.where('article.state', '=', state!))
    .$if(customerId !== undefined, (query) =>
      query.where((where) =>
        where.or([where('article.customerId', '=', customerId!), where('article.customerId', 'is', null)]),
      ),
    )
  const words = q === undefined ? [] : (q.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? []).slice(0, 12)
  if (q !== undefined) {
    if (words.length === 0) return { items: [], nextCursor: null }
    const where = within === 'title' ? ':A' : ''
    const any = words.map((word) => `${word}${where}`).join(' | ')
    // While the last word is still being typed it is a beginning.
    const begun = `${words.at(-1)}:*${where.slice(1)}`
    const wanted = sql`(to_tsquery('german', ${any}) || to_tsquery('english', ${any}) || to_tsquery('simple', ${begun}))`
    const rows = await narrowed
      .where(sql<boolean>`article.search @@ ${wanted}`)
      .orderBy(sql`ts_rank(article.search, ${wanted})`, 'desc')
      .orderBy('article.updatedAt', 'desc')
      .orderBy('article.id')
      .limit(limit)
      .execute()
    return { items: rows.map(lineOf), nextCursor: null }
  }
  const after = keyOf(cursor, ['moment', 'id'])
  const rows = await narrowed
    .select(sql<string>`article.updated_at::text`.as('sortKey'))
    .$if(after !== undefined, (query) =>
      query.where(sql<boolean>`(article.updated_at, article.id) < (${after![0]}::timestamptz, ${after![1]}::uuid)`),
    )
    .orderBy('article.updatedAt', 'desc')
    .orderBy('article.id', 'desc')
    .limit(limit + 1)
    .execute()
  const { items, nextCursor } = pageFrom(rows, limit, ({ sortKey, id }) => [sortKey, id])
  return { items: items.map(lineOf), nextCursor }
}

/** Throws when there is none in sight. */
export async function getArticle(context: Context, id: string): Promise<Article> {
  const row = await selectArticles(context).select('article.text').where('article.id', '=', id).executeTakeFirst()
  if (!row) throw notFound('article.not-found')
  const { text, ...line } = row
  return { ...lineOf(line), text, translations: await translationsOf(context, id) }
}

/** By language. */
async function translationsOf({ db }: Pick<Context, 'db'>, id: string): Promise<Article['translations']> {
  const rows = await db
    .selectFrom('article')
    .innerJoin('article as source', 'source.id', 'article.sourceId')
    .select(['article.id', 'article.language', 'article.state', 'article.sourceEdition', 'source.edition'])
    .where('source.id', '=', id)
    .orderBy('article.language')
    .orderBy('article.id')
    .execute()
  return rows.map(({ id: translation, language, state, sourceEdition, edition }) => ({
    id: translation,
    language: language as ArticleLine['language'],
    state: state as ArticleLine['state'],
    behind: edition > (sourceEdition ?? 0),
  }))
}

/** An article's own columns, locked until the transaction ends. Throws when it is not at `version` any more. */
export async function lockArticle({ db }: Pick<Context, 'db'>, id: string, version?: number) {
  const row = await db.selectFrom('article').selectAll().where('id', '=', id).forUpdate().executeTakeFirst()
  if (!row) throw notFound('article.not-found')
  if (version !== undefined && row.version !== version) throw new Failure('moved-on', 'request.moved-on')
  return row
}
