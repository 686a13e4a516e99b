import { sql } from 'kysely'
import type { Pool } from 'pg'
import type { ReviewSection } from '#platform/review-section.ts'
import { languages } from '#core/text.ts'
import { requireCustomer } from '#modules/customers'
import { type Context, type Db, system } from '#platform/context.ts'
import { addressOf, transaction } from '#platform/database.ts'
import { audit } from '#platform/history.ts'
import { brandedLetterhead } from './brand.ts'
import { moneyIn, tellInEach } from './chapters.ts'
import { moveAlong } from './cycle.ts'
import { checksumOfLock } from './checksum.ts'
import { editionOf, gatherFacts } from './gather.ts'
import { periodOf } from './period.ts'
import {
  failReview,
  finishReview,
  lockReview,
  type MadeDocument,
  type OrderedReview,
  showProgress,
  siblingsOf,
  startReview,
} from './records.ts'
import { drawingApart, listApart } from './render-apart.ts'
import type { Rendered, ToRender } from './render.ts'
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
const PROGRESS = { begun: 2, facts: 15, drawing: 50, drawn: 98 } as const

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
    const { rendered, lockChecksum } = await renderFrozen(world, ordered, sections)
    for (const [index, review] of ordered.entries()) {
      const made = rendered[index]!
      await keep(world, review, { ...made, lockChecksum, money: moneyIn(sections, made.facts) })
    }
    return { version: asked.version, checksum: rendered[ordered.indexOf(asked)]!.checksum }
  } catch (error) {
    for (const { id } of ordered)
      await world.inTransaction(({ db }) => failReview(db, id, 'review.not-made')).catch(() => undefined)
    throw error
  }
}

async function renderFrozen(
  world: MakingWorld,
  ordered: readonly OrderedReview[],
  sections: readonly ReviewSection[],
): Promise<{ readonly rendered: readonly Rendered[]; readonly lockChecksum: string }> {
  const progress = (share: number) =>
    world.inTransaction(async ({ db }) => {
      for (const { id } of ordered) await showProgress(db, id, Math.round(share))
    })
  await progress(PROGRESS.begun)
  // One snapshot: facts and list are of the same moment, whatever is written meanwhile.
  const { locked, told, letterhead, listed } = await transaction(world.db, system, 'read only', async (tx) => {
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
      toRender.push({ facts, told: tellInEach(sections, facts), before })
    }
    await progress(PROGRESS.facts)
    const { rows } = await sql<{ readonly snapshot: string }>`select pg_export_snapshot() as snapshot`.execute(tx)
    const from = { url: addressOf(world.pool), snapshot: rows[0]!.snapshot, period }
    return {
      locked,
      told: toRender.map((each) => each.told),
      letterhead,
      listed: await listApart(from, toRender, letterhead),
    }
  })
  await progress(PROGRESS.drawing)
  const rendered: Rendered[] = []
  const drawing = drawingApart()
  try {
    for (const [index, each] of listed.entries()) {
      const drawn = await drawing.draw({ ...each, told: told[index]!, letterhead, spoken: languages })
      rendered.push({ ...each, documents: [...each.documents, ...drawn] })
      await progress(PROGRESS.drawing + (rendered.length / listed.length) * (PROGRESS.drawn - PROGRESS.drawing))
    }
  } finally {
    drawing.end()
  }
  return { rendered, lockChecksum: checksumOfLock(locked, rendered[0]!.facts.incidents) }
}

/** What is ordered together is read once, with as much of money as the edition that has the most. */
function moneyWanted(ordered: readonly OrderedReview[]): OrderedReview['money'] {
  const all = ordered.map(({ money }) => money)
  return all.includes('margin') ? 'margin' : all.includes('charges') ? 'charges' : ''
}

async function keep(
  world: MakingWorld,
  { id, customerId, month, edition, report, version }: OrderedReview,
  {
    facts,
    checksum,
    documents,
    listed,
    lockChecksum,
    money,
  }: Rendered & { readonly lockChecksum: string; readonly money: OrderedReview['money'] },
): Promise<void> {
  await world.inTransaction(async (context) => {
    // Somebody else may have made it meanwhile: what was frozen first stays.
    if ((await lockReview(context.db, id)).state === 'done') return
    const made = documents.map((each): MadeDocument => ({ ...each, content: viewOf(each.content) }))
    await finishReview(context.db, id, { facts, checksum, lockChecksum, listed, made, money, at: context.now })
    await moveAlong(context, { customerId, month, report }, 'lock')
    await audit(context, {
      action: 'review.made',
      subjectType: 'review',
      subjectId: id,
      customerId,
      facts: { month, report, edition, version, checksum },
    })
  })
}

/** The same bytes, not copied: they are some megabytes. */
function viewOf({ buffer, byteOffset, byteLength }: Uint8Array): Buffer {
  return Buffer.from(buffer, byteOffset, byteLength)
}
