import { sql } from 'kysely'
import type { Pool } from 'pg'
import type { ReviewSection } from '#platform/review-section.ts'
import { languages } from '#core/text.ts'
import { requireCustomer } from '#modules/customers'
import { type Context, type Db, system } from '#platform/context.ts'
import { addressOf, transaction } from '#platform/database.ts'
import type { Letterhead } from '#platform/documents/letterhead.ts'
import { audit } from '#platform/history.ts'
import { brandedLetterhead } from './brand.ts'
import { moneyIn, tellInEach, type Told } from './chapters.ts'
import { moveAlong } from './cycle.ts'
import { checksumOfLock } from './checksum.ts'
import { editionOf, gatherFacts, type LockedFacts } from './gather.ts'
import { periodOf } from './period.ts'
import {
  failReview,
  finishReview,
  keepDocument,
  lockReview,
  removeHalfMade,
  type OrderedReview,
  showProgress,
  siblingsOf,
  startReview,
} from './records.ts'
import { type DrawingApart, drawingApart, listApart, type ListingApart } from './render-apart.ts'
import type { Frozen, RenderedDocument, ToRender } from './render.ts'
import { readBefore } from './restate.ts'

/** What making a review works with: it reads in one long transaction and writes in short ones. */
export interface MakingWorld {
  readonly db: Db
  readonly pool: Pool
  readonly now: () => Date
  /** Runs `work` as the program itself, in a transaction of its own. */
  readonly inTransaction: <Result>(work: (context: Context) => Promise<Result>) => Promise<Result>
}

export interface MadeReview {
  readonly version: number
  readonly checksum: string
}

/** Of the progress, what freezing the facts and writing the list take; the rest is drawing. */
const PROGRESS = { begun: 2, facts: 15, drawing: 50, draws: 48 } as const

/**
 * Makes an ordered review and the editions that were ordered with it: freezes their facts in one snapshot and keeps them
 * with every document. Done again it does nothing; begun again after a crash it begins from the start, because nothing is
 * kept before everything is.
 */
export async function makeOrdered(
  world: MakingWorld,
  reviewId: string,
  sections: readonly ReviewSection[],
): Promise<MadeReview> {
  const ordered = await world.inTransaction(async ({ db }) => {
    const review = await lockReview(db, reviewId)
    if (review.state === 'done') return [review]
    const all = await siblingsOf(db, review)
    for (const { id } of all) await startReview(db, id)
    return all
  })
  const asked = ordered.find(({ id }) => id === reviewId)!
  if (asked.checksum !== null) return { version: asked.version, checksum: asked.checksum }
  try {
    const frozen = await freeze(world, ordered, sections)
    // It begins while the list is written.
    const drawing = drawingApart()
    try {
      await drawAndKeep(world, ordered, { ...frozen, drawing }, sections)
    } finally {
      frozen.list.end()
      drawing.end()
    }
    return { version: asked.version, checksum: frozen.list.editions[ordered.indexOf(asked)]!.checksum }
  } catch (error) {
    for (const { id } of ordered)
      await world.inTransaction(({ db }) => failReview(db, id, 'review.not-made')).catch(() => undefined)
    throw error
  }
}

interface FrozenLock {
  readonly locked: LockedFacts
  readonly told: readonly Told[]
  readonly letterhead: Letterhead
  readonly list: ListingApart
}

async function showTo(world: MakingWorld, ordered: readonly OrderedReview[], share: number): Promise<void> {
  await world.inTransaction(async ({ db }) => {
    for (const { id } of ordered) await showProgress(db, id, Math.round(share))
  })
}

/** Counts the facts and reads the list in one snapshot: they are of the same moment, whatever is written meanwhile. */
async function freeze(
  world: MakingWorld,
  ordered: readonly OrderedReview[],
  sections: readonly ReviewSection[],
): Promise<FrozenLock> {
  await showTo(world, ordered, PROGRESS.begun)
  for (const { ready } of sections)
    if (ready) await world.inTransaction((context) => ready(context, ordered[0]!.customerId))
  return transaction(world.db, system, 'read only', async (tx) => {
    await sql`set transaction isolation level repeatable read`.execute(tx)
    const [first] = ordered
    const customer = await requireCustomer(tx, first!.customerId)
    const lockedAt = world.now()
    const letterhead = await brandedLetterhead(tx, customer.id)
    const period = periodOf(customer, first!.month, lockedAt)
    const { month } = first!
    const locked = await gatherFacts(
      tx,
      { customer, period, month, provider: letterhead.provider, lockedAt, sections, money: moneyWanted(ordered) },
      ordered.map(({ edition }) => edition),
    )
    const toRender: ToRender[] = []
    for (const review of ordered) {
      const facts = editionOf(locked, review)
      const before = await readBefore(tx, review, lockedAt)
      toRender.push({ facts, told: tellInEach(sections, facts, before?.facts), before })
    }
    await showTo(world, ordered, PROGRESS.facts)
    const { rows } = await sql<{ readonly snapshot: string }>`select pg_export_snapshot() as snapshot`.execute(tx)
    const from = { url: addressOf(world.pool), snapshot: rows[0]!.snapshot, period }
    const list = await listApart(from, toRender, letterhead)
    return { locked, told: toRender.map((each) => each.told), letterhead, list }
  })
}

/**
 * Draws what was frozen and keeps each document as it comes, all in one transaction: some megabytes each, they are not held
 * together, and none is seen before all are there.
 */
async function drawAndKeep(
  world: MakingWorld,
  ordered: readonly OrderedReview[],
  { locked, told, letterhead, list, drawing }: FrozenLock & { readonly drawing: DrawingApart },
  sections: readonly ReviewSection[],
): Promise<void> {
  const lockChecksum = checksumOfLock(locked, list.editions[0]!.facts.incidents)
  await world.inTransaction(async (context) => {
    const keepOf = (review: OrderedReview) => (document: RenderedDocument) =>
      keepDocument(context.db, review, document, context.now)
    await removeHalfMade(
      context.db,
      ordered.map(({ id }) => id),
    )
    for (const [index, review] of ordered.entries()) await list.books(index, keepOf(review))
    // Its memory is given back before drawing takes some.
    list.end()
    await showTo(world, ordered, PROGRESS.drawing)
    for (const [index, review] of ordered.entries()) {
      const frozen = list.editions[index]!
      await drawing.draw({ ...frozen, told: told[index]!, letterhead, spoken: languages }, keepOf(review))
      await showTo(world, ordered, PROGRESS.drawing + ((index + 1) / ordered.length) * PROGRESS.draws)
    }
    for (const [index, review] of ordered.entries()) {
      const frozen = list.editions[index]!
      await finish(context, review, { ...frozen, lockChecksum, money: moneyIn(sections, frozen.facts) })
    }
  })
}

/** What is ordered together is read once, with as much of money as the edition that has the most. */
function moneyWanted(ordered: readonly OrderedReview[]): OrderedReview['money'] {
  const all = ordered.map(({ money }) => money)
  return all.includes('margin') ? 'margin' : all.includes('charges') ? 'charges' : ''
}

async function finish(
  context: Context,
  { id, customerId, month, edition, report, version }: OrderedReview,
  frozen: Frozen & { readonly lockChecksum: string; readonly money: OrderedReview['money'] },
): Promise<void> {
  // Somebody else may have made it meanwhile: what was frozen first stays.
  if ((await lockReview(context.db, id)).state === 'done') return
  await finishReview(context.db, id, frozen)
  await moveAlong(context, { customerId, month, report }, 'lock')
  await audit(context, {
    action: 'review.made',
    subjectType: 'review',
    subjectId: id,
    customerId,
    facts: { month, report, edition, version, checksum: frozen.checksum },
  })
}
