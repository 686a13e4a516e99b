import { sql } from 'kysely'
import { wholeSeconds } from '#core/clock-text.ts'
import { isSameResult, type OrderChange, type Result } from '#modules/service-levels'
import type { Db } from '#platform/context.ts'
import { BATCH, recountKept, storePromises, take } from './recount.ts'
import { compareOrders } from './settle.ts'

export interface OrderRecomputation {
  readonly customerId: string
  readonly orderedFrom: Date
  readonly now: Date
  /** Counts and compares, and writes nothing. */
  readonly dryRun: boolean
  /** Stops after the batch at hand. */
  readonly signal?: AbortSignal
  readonly onProgress?: (orders: number) => void
  /** Told of each result that came out differently from what was stored. */
  readonly onDifference: (difference: OrderDifference) => void
}

/** A promise's result, stored and counted anew: state and elapsed service seconds; `none` where there was or is none. */
export interface OrderDifference {
  readonly number: string
  readonly metric: 'fulfilment'
  readonly before: string
  readonly after: string
  /** It was told in a period that is locked, and stays. */
  readonly locked: boolean
}

/**
 * Counts the promises of a customer's orders anew, from history, agreements and calendars as they are now: a batch in one
 * transaction, so that stopping in between leaves each order whole, and starting again does no harm. What was told in a
 * locked period stays, and is not adjusted either. Runs as the owner of the tables.
 *
 * @returns How many orders were counted.
 */
export async function recomputeOrders(
  db: Db,
  { customerId, orderedFrom, now, dryRun, signal, onProgress, onDifference }: OrderRecomputation,
): Promise<number> {
  const where = sql<boolean>`r.customer_id = ${customerId} and r.state <> 'draft' and r.ordered_at >= ${orderedFrom}`
  let counted = 0
  for (let after: string | null = null; ;) {
    if (signal?.aborted) return counted
    const last: string | null = after
    const orders = await db.transaction().execute(async (tx) => {
      const kept = await take(tx, where, last, dryRun ? '' : 'for update of r')
      const recounted = await recountKept(tx, kept, { now, attach: true })
      for (const change of await compareOrders(tx, recounted)) {
        const difference = differenceOf(change)
        if (difference !== null) onDifference(difference)
      }
      if (!dryRun) await storePromises(tx, recounted, { now, cause: 'recompute', adjust: false })
      return kept
    })
    counted += orders.length
    onProgress?.(counted)
    if (orders.length < BATCH) return counted
    after = orders.at(-1)!.id
  }
}

/** Null for what runs: it differs by the time that went by, which is no difference. */
function differenceOf({ order: { number }, was, is, stored, lockedMonth }: OrderChange): OrderDifference | null {
  if (isSameResult(was, is)) return null
  const difference = { number, metric: 'fulfilment', before: told(was), after: told(is) } as const
  return difference.before === difference.after ? null : { ...difference, locked: !stored && lockedMonth !== null }
}

function told(result: Result | null): string {
  if (result === null) return 'none'
  return result.stoppedAt === null ? 'open' : `${result.state} ${wholeSeconds(result.elapsedMs)} s`
}
