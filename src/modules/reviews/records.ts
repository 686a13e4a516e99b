import { sql } from 'kysely'
import { type FailureCode, notFound } from '#core/failure.ts'
import type { Db } from '#platform/context.ts'
import type { SectionScope } from '#platform/review-section.ts'
import type { Edition, ReportKind, ReviewFacts } from './facts.ts'
import type { IncidentRow } from './incident-row.ts'
import type { RenderedDocument } from './render.ts'

/* What making a review writes: ordered, being made, made, drawn again, issued. */

export interface NewReviews {
  /** One for each edition, read in one lock. */
  readonly editions: readonly { readonly id: string; readonly edition: Edition }[]
  readonly lockId: string
  readonly customerId: string
  /** `YYYY-MM`. */
  readonly month: string
  readonly report: ReportKind
  readonly createdBy: string | null
  readonly createdAt: Date
  /** Which figures of money whoever orders them may see; nobody else reads them. */
  readonly money: SectionScope['money']
}

/** Queues the next version of a customer's month, the same number for all editions of a lock. */
export async function insertReviews(db: Db, { month, editions, money, ...review }: NewReviews): Promise<void> {
  // Two who order the same month take turns here, so that each gets a number of its own.
  await db.selectFrom('customer').select('id').where('id', '=', review.customerId).forNoKeyUpdate().execute()
  const named = editions.map(({ edition }) => edition)
  const { rows } = await sql<{ readonly version: number }>`
    select next_review_version(${review.customerId}, ${`${month}-01`}, ${review.report}, ${named}::text[]) as version`.execute(
    db,
  )
  const { version } = rows[0]!
  const rowOf = (each: NewReviews['editions'][number]) => ({
    ...review,
    ...each,
    month: `${month}-01`,
    version,
    // What the provider keeps to itself is in the internal edition alone.
    money: each.edition !== 'internal' && money === 'margin' ? ('charges' as const) : money,
  })
  await db.insertInto('review').values(editions.map(rowOf)).execute()
}

export interface OrderedReview {
  readonly id: string
  readonly customerId: string
  readonly month: string
  readonly version: number
  readonly edition: Edition
  readonly report: ReportKind
  readonly state: string
  readonly money: SectionScope['money']
  /** Null for one that was made before editions shared a lock. */
  readonly lockId: string | null
  /** Null until it is made. */
  readonly checksum: string | null
}

const ordered = [
  'id',
  'customerId',
  'month',
  'version',
  'edition',
  'report',
  'state',
  'money',
  'lockId',
  'checksum',
] as const

/** The reviews that are ordered in one lock and not made yet, this one among them, locked. */
export async function siblingsOf(db: Db, review: OrderedReview): Promise<OrderedReview[]> {
  if (review.lockId === null) return [review]
  const rows = await db
    .selectFrom('review')
    .select(ordered)
    .where('lockId', '=', review.lockId)
    .where('state', '<>', 'done')
    .orderBy('id')
    .forUpdate()
    .execute()
  return rows.map(orderedOf)
}

function orderedOf(
  row: Omit<OrderedReview, 'edition' | 'report' | 'money'> & {
    readonly edition: string
    readonly report: string
    readonly money: string
  },
): OrderedReview {
  return {
    ...row,
    month: row.month.slice(0, 7),
    edition: row.edition as Edition,
    report: row.report as ReportKind,
    money: row.money as OrderedReview['money'],
  }
}

/** Reads a review and locks it; throws when there is none. */
export async function lockReview(db: Db, id: string): Promise<OrderedReview> {
  const row = await db.selectFrom('review').select(ordered).where('id', '=', id).forUpdate().executeTakeFirst()
  if (!row) throw notFound('review.not-found', { review: id })
  return orderedOf(row)
}

/** How far a review is; nothing when it is not being made any more. */
export async function showProgress(db: Db, id: string, progress: number): Promise<void> {
  await db.updateTable('review').set({ progress }).where('id', '=', id).where('state', '=', 'running').execute()
}

export async function startReview(db: Db, id: string): Promise<void> {
  await db.updateTable('review').set({ state: 'running', progress: 0, failure: null }).where('id', '=', id).execute()
}

export async function failReview(db: Db, id: string, code: FailureCode): Promise<void> {
  await db
    .updateTable('review')
    .set({ state: 'failed', progress: 0, failure: JSON.stringify({ code }) })
    .where('id', '=', id)
    .execute()
}

/** Whether it was not issued before. */
export async function markIssued(db: Db, id: string, at: Date): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable('review')
    .set({ issuedAt: at })
    .where('id', '=', id)
    .where('issuedAt', 'is', null)
    .executeTakeFirst()
  return numUpdatedRows > 0n
}

/** Takes away what was left half made. */
export async function removeHalfMade(db: Db, ids: readonly string[]): Promise<void> {
  await sql`delete from review_document d using review r
    where r.id = d.review_id and r.state <> 'done' and r.id = any(${[...ids]}::uuid[])`.execute(db)
}

/** Keeps a document with its review; one that is there already stays. */
export async function keepDocument(
  db: Db,
  { id, customerId }: Pick<OrderedReview, 'id' | 'customerId'>,
  { language, format, content, sha256 }: RenderedDocument,
  at: Date,
): Promise<void> {
  await db
    .insertInto('reviewDocument')
    .values({ reviewId: id, customerId, madeAt: at, language, format, content: viewOf(content), sha256 })
    .onConflict((conflict) => conflict.doNothing())
    .execute()
}

/** The same bytes, not copied: they are some megabytes. */
function viewOf({ buffer, byteOffset, byteLength }: Uint8Array): Buffer {
  return Buffer.from(buffer, byteOffset, byteLength)
}

/** Freezes a review: its facts and their checksum. */
export async function finishReview(
  db: Db,
  id: string,
  {
    facts,
    checksum,
    lockChecksum,
    listed = [],
    money = '',
  }: {
    readonly facts: ReviewFacts
    readonly checksum: string
    readonly lockChecksum?: string
    readonly listed?: readonly IncidentRow[]
    /** Which figures of money the facts have. */
    readonly money?: SectionScope['money']
  },
): Promise<void> {
  await db
    .updateTable('review')
    .set({
      state: 'done',
      progress: 100,
      facts: JSON.stringify(facts),
      checksum,
      lockChecksum: lockChecksum ?? null,
      listed: JSON.stringify(listed),
      money,
      lockedAt: facts.lockedAt,
      failure: null,
    })
    .where('id', '=', id)
    .execute()
}

/** Slides and pages that were drawn again, in the place of those before; the workbook stays. */
export async function replaceDocuments(
  db: Db,
  reviewId: string,
  drawn: readonly RenderedDocument[],
  at: Date,
): Promise<void> {
  const row = await db.selectFrom('review').select('issuedAt').where('id', '=', reviewId).forUpdate().executeTakeFirst()
  if (row === undefined || row.issuedAt !== null) return
  for (const { language, format, content, sha256 } of drawn) {
    await db
      .updateTable('reviewDocument')
      .set({ content: viewOf(content), sha256, madeAt: at })
      .where('reviewId', '=', reviewId)
      .where('language', '=', language)
      .where('format', '=', format)
      .execute()
  }
  await db.updateTable('review').set({ drawnAt: at }).where('id', '=', reviewId).execute()
}
