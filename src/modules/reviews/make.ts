import { sql } from 'kysely'
import { requireCustomer } from '#modules/customers'
import { type Context, type Db, system } from '#platform/context.ts'
import { transaction } from '#platform/database.ts'
import { readLetterhead } from '#platform/documents/letterhead.ts'
import { audit } from '#platform/history.ts'
import { listRows } from './list-query.ts'
import { gatherFacts } from './gather.ts'
import { incidentRow } from './incident-row.ts'
import { periodOf } from './period.ts'
import {
  failReview,
  finishReview,
  lockReview,
  type MadeDocument,
  type OrderedReview,
  showProgress,
  startReview,
} from './queries.ts'
import { type RenderingApart, renderingApart } from './render-apart.ts'
import type { Rendered } from './render.ts'

/** What making a review works with: it reads in one long transaction and writes in short ones. */
export interface MakingWorld {
  readonly db: Db
  readonly now: () => Date
  /** Runs `work` as the program itself, in a transaction of its own. */
  readonly inTransaction: <Result>(work: (context: Context) => Promise<Result>) => Promise<Result>
}

export interface MadeReview {
  readonly version: number
  readonly checksum: string
}

/** Of the progress, what freezing the facts and reading the list take; the rest is rendering. */
const PROGRESS = { begun: 2, facts: 15, list: 45 } as const

/**
 * Makes an ordered review: freezes its facts and keeps them with every document. Done again it does nothing; begun again
 * after a crash it begins from the start, because nothing is kept before everything is.
 */
export async function makeOrdered(world: MakingWorld, reviewId: string): Promise<MadeReview> {
  const ordered = await world.inTransaction(async ({ db }) => {
    const review = await lockReview(db, reviewId)
    if (review.state !== 'done') await startReview(db, reviewId)
    return review
  })
  const { version, checksum: frozen } = ordered
  if (frozen !== null) return { version, checksum: frozen }
  try {
    const rendered = await renderFrozen(world, ordered)
    await keep(world, ordered, rendered)
    return { version, checksum: rendered.checksum }
  } catch (error) {
    await world.inTransaction(({ db }) => failReview(db, reviewId, 'review.not-made')).catch(() => undefined)
    throw error
  }
}

async function renderFrozen(world: MakingWorld, ordered: OrderedReview): Promise<Rendered> {
  const progress = (share: number) => world.inTransaction(({ db }) => showProgress(db, ordered.id, Math.round(share)))
  await progress(PROGRESS.begun)
  let apart: RenderingApart | undefined
  try {
    // One snapshot: facts and list are of the same moment, whatever is written meanwhile.
    apart = await transaction(world.db, system, 'read only', async (tx) => {
      await sql`set transaction isolation level repeatable read`.execute(tx)
      const customer = await requireCustomer(tx, ordered.customerId)
      const lockedAt = world.now()
      const letterhead = await readLetterhead(tx)
      const period = periodOf(customer, ordered.month, lockedAt)
      const { month, edition, version } = ordered
      const facts = await gatherFacts(tx, {
        customer,
        period,
        month,
        edition,
        version,
        provider: letterhead.provider,
        lockedAt,
      })
      await progress(PROGRESS.facts)
      const begun = await renderingApart(facts, letterhead)
      try {
        // The next rows are read while those before are written.
        let written: Promise<void> = Promise.resolve()
        for await (const rows of listRows(tx, period)) {
          await written
          written = begun.add(rows.map((row) => incidentRow(row, period)))
          written.catch(() => undefined)
        }
        await written
      } catch (error) {
        begun.end()
        throw error
      }
      return begun
    })
    await progress(PROGRESS.list)
    return await apart.finish(
      (share) => void progress(PROGRESS.list + share * (98 - PROGRESS.list)).catch(() => undefined),
    )
  } finally {
    apart?.end()
  }
}

async function keep(
  world: MakingWorld,
  { id, customerId, month, edition, version }: OrderedReview,
  { facts, checksum, documents }: Rendered,
): Promise<void> {
  await world.inTransaction(async (context) => {
    // Somebody else may have made it meanwhile: what was frozen first stays.
    if ((await lockReview(context.db, id)).state === 'done') return
    const made = documents.map((each): MadeDocument => ({ ...each, content: Buffer.from(each.content) }))
    await finishReview(context.db, id, { facts, checksum, made, at: context.now })
    await audit(context, {
      action: 'review.made',
      subjectType: 'review',
      subjectId: id,
      customerId,
      facts: { month, edition, version, checksum },
    })
  })
}
