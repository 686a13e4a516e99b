import { sql } from 'kysely'
import { type FailureCode, notFound } from '#core/failure.ts'
import type { Language } from '#core/text.ts'
import type { Access, Db } from '#platform/context.ts'
import { keyOf, pageFrom } from '#platform/paging.ts'
import type { Format, Review, ReviewWithFacts } from './api.ts'
import type { Edition, ReportKind, ReviewFacts } from './facts.ts'

interface DocumentRow {
  readonly language: Language
  readonly format: Format
  readonly bytes: number
  readonly sha256: string
}

const documents = sql<DocumentRow[]>`coalesce((
  select jsonb_agg(jsonb_build_object('language', d.language, 'format', d.format, 'bytes', octet_length(d.content), 'sha256', d.sha256)
    order by d.language, d.format)
  from review_document d where d.review_id = review.id and d.format <> 'pages'), '[]')`.as('documents')

type ReviewRow = Omit<Review, 'month' | 'documents' | 'edition' | 'report' | 'state' | 'failure'> & {
  readonly report: string
  readonly month: string
  readonly edition: string
  readonly state: string
  readonly failure: unknown
  readonly documents: readonly DocumentRow[]
}

/** Why a review failed is the provider's affair: a customer's role may not read that column. */
function reviews(db: Db, access: Access) {
  const query = db
    .selectFrom('review')
    .innerJoin('customer', 'customer.id', 'review.customerId')
    .select([
      'review.id',
      'review.customerId',
      'customer.name as customerName',
      'review.month',
      'review.version',
      'review.edition',
      'review.report',
      'review.state',
      'review.progress',
      'review.checksum',
      'review.lockedAt',
      'review.issuedAt',
      'review.createdAt',
      documents,
    ])
  return access === 'customer'
    ? query.select([sql<null>`null`.as('failure'), sql<null>`null`.as('lockId'), sql<null>`null`.as('lockChecksum')])
    : query.select(['review.failure', 'review.lockId', 'review.lockChecksum'])
}

function reviewOf(
  { month, documents: made, edition, report, state, failure, ...row }: ReviewRow,
  explain: Reading['explain'],
): Review {
  return {
    ...row,
    month: month.slice(0, 7),
    edition: edition as Edition,
    report: report as ReportKind,
    state: state as Review['state'],
    failure: failure === null ? null : explain((failure as { code: FailureCode }).code),
    documents: made.map((each) => ({ file: fileName(each.language, each.format), ...each })),
  }
}

export function fileName(language: Language, format: Format): string {
  return `review.${language}.${format}`
}

export interface ReviewFilter {
  readonly customerId?: string | undefined
  readonly month?: string | undefined
  readonly limit: number
  readonly cursor?: string | undefined
}

/** Who reads, and how a failure is told to them. */
export interface Reading {
  readonly access: Access
  readonly explain: (code: FailureCode) => string
}

/** The latest month and version first. */
export async function listReviews(
  db: Db,
  { access, explain }: Reading,
  { customerId, month, limit, cursor }: ReviewFilter,
): Promise<{ items: Review[]; nextCursor: string | null }> {
  const after = keyOf(cursor, ['string', 'number', 'string'])
  const rows = await reviews(db, access)
    .$if(customerId !== undefined, (query) => query.where('review.customerId', '=', customerId!))
    .$if(month !== undefined, (query) => query.where('review.month', '=', `${month}-01`))
    .$if(after !== undefined, (query) =>
      query.where(
        sql<boolean>`(review.month, review.version, review.id) < (${after![0]}::date, ${after![1]}::int, ${after![2]}::uuid)`,
      ),
    )
    .orderBy('review.month', 'desc')
    .orderBy('review.version', 'desc')
    .orderBy('review.id', 'desc')
    .limit(limit + 1)
    .execute()
  return pageFrom(
    (rows as ReviewRow[]).map((row) => reviewOf(row, explain)),
    limit,
    ({ month: named, version, id }) => [`${named}-01`, version, id],
  )
}

export async function getReview(db: Db, reading: Reading, id: string): Promise<Review> {
  const row = await reviews(db, reading.access).where('review.id', '=', id).executeTakeFirst()
  if (!row) throw notFound('review.not-found', { review: id })
  return reviewOf(row, reading.explain)
}

export async function getReviewWithFacts(db: Db, reading: Reading, id: string): Promise<ReviewWithFacts> {
  const found = await getReview(db, reading, id)
  const { facts } = await db
    .selectFrom('review')
    .select('review.facts')
    .where('review.id', '=', id)
    .executeTakeFirstOrThrow()
  return { ...found, facts: facts as unknown as ReviewFacts | null }
}

/** A document of a review, with what its review is of. */
export interface KeptDocument {
  readonly content: Buffer
  readonly language: Language
  readonly format: Format
  readonly sha256: string
  readonly customerId: string
  readonly customerName: string
  /** `YYYY-MM`. */
  readonly month: string
}

/** Throws when there is no such document, or none that the caller may see. */
export async function getDocument(db: Db, reviewId: string, file: string): Promise<KeptDocument> {
  const [, language, format] = /^review\.([a-z]{2})\.([a-z]{3,4})$/.exec(file) ?? []
  const row =
    language === undefined || format === undefined
      ? undefined
      : await db
          .selectFrom('reviewDocument')
          .innerJoin('review', 'review.id', 'reviewDocument.reviewId')
          .innerJoin('customer', 'customer.id', 'review.customerId')
          .select([
            'reviewDocument.content',
            'reviewDocument.language',
            'reviewDocument.format',
            'reviewDocument.sha256',
          ])
          .select(['review.customerId', 'review.month', 'customer.name as customerName'])
          .where('reviewDocument.reviewId', '=', reviewId)
          .where('reviewDocument.language', '=', language)
          .where('reviewDocument.format', '=', format)
          .executeTakeFirst()
  if (row !== undefined) {
    return { ...row, language: row.language as Language, format: row.format as Format, month: row.month.slice(0, 7) }
  }
  const others = await db
    .selectFrom('reviewDocument')
    .select(['language', 'format'])
    .where('reviewId', '=', reviewId)
    .where('format', '<>', 'pages')
    .execute()
  if (others.length === 0) throw notFound('review.not-found', { review: reviewId })
  const names = others.map((each) => fileName(each.language as Language, each.format as Format))
  throw notFound('review.document.not-found', { document: file, documents: names.toSorted().join(', ') })
}

/**
 * The pages of a review in a language, each as SVG; none of one that was made before pages were kept. Throws when there is
 * no such review, or none that the caller may see.
 */
export async function getPages(db: Db, reviewId: string, language: Language): Promise<readonly string[]> {
  const row = await db
    .selectFrom('review')
    .leftJoin('reviewDocument', (join) =>
      join
        .onRef('reviewDocument.reviewId', '=', 'review.id')
        .on('reviewDocument.language', '=', language)
        .on('reviewDocument.format', '=', 'pages'),
    )
    .select('reviewDocument.content')
    .where('review.id', '=', reviewId)
    .executeTakeFirst()
  if (!row) throw notFound('review.not-found', { review: reviewId })
  return row.content === null ? [] : (JSON.parse(row.content.toString()) as string[])
}
