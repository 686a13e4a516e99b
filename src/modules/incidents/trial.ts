import {
  type agreementFor,
  type Ask,
  askOf,
  compareTried,
  type TriedClock,
  type TrialPeriod,
} from '#modules/service-levels'
import type { Db } from '#platform/context.ts'
import { agreementFinder } from './agreement-finder.ts'
import {
  type BatchKey,
  countTaken,
  firstKey,
  type LockedIncident,
  mayCount,
  nextAfter,
  takeIncidents,
} from './recompute.ts'

export interface Trial {
  readonly customerId: string
  readonly period: TrialPeriod
  /** Which agreement is to hold for an incident. */
  readonly find: typeof agreementFor
  readonly now: Date
  readonly signal: AbortSignal
}

/** How many incidents a trial looks at: those that may have a result in its period. */
export async function countTried(ask: Ask, customerId: string, { from, to }: TrialPeriod): Promise<number> {
  const rows = await ask<{ readonly count: number }>(
    `select count(*)::int as count from incident where customer_id = $1 and ${mayCount('$2', '$3')}`,
    [customerId, from, to],
  )
  return rows[0]!.count
}

/**
 * Counts a period's clocks by other agreements than those that hold, by the code that counts clocks anyway, beside those
 * that are told. Nothing is locked and nothing is written. Told batch by batch: the number of the batch, of how many
 * incidents it was, and their clocks that count in the period.
 *
 * @param handles Of transactions that see the same snapshot: while one's incidents are counted, the database works for the others.
 */
export async function tryAgreements(
  handles: readonly Db[],
  { customerId, period, find, now, signal }: Trial,
  onCounted: (batch: number, incidents: number, clocks: readonly TriedClock[]) => Promise<void>,
): Promise<void> {
  let after: BatchKey | null = firstKey({})
  let batches = 0
  let turn: Promise<unknown> = Promise.resolve()

  async function takeNext(ask: Ask): Promise<{ batch: number; incidents: readonly LockedIncident[] }> {
    const mine = turn.then(async () => {
      if (after === null) return { batch: 0, incidents: [] }
      const incidents = await takeIncidents(ask, { customerId, scope: { counting: period }, after, dryRun: true })
      after = nextAfter(incidents)
      batches += 1
      return { batch: batches, incidents }
    })
    turn = mine.catch(() => undefined)
    return mine
  }

  async function work(db: Db): Promise<void> {
    const ask = askOf(db)
    const agreements = agreementFinder(db, find)
    try {
      for (;;) {
        signal.throwIfAborted()
        const { batch, incidents } = await takeNext(ask)
        if (incidents.length === 0) return
        const { ids, clocks } = await countTaken(ask, incidents, { customerId, agreements, now })
        await onCounted(batch, incidents.length, await compareTried(ask, period, ids, clocks))
      }
    } catch (error) {
      after = null
      throw error
    }
  }

  const works = handles.map(work)
  await Promise.allSettled(works)
  await Promise.all(works)
}
