import { countTried, tryAgreements } from '#modules/incidents'
import { countTriedOrders, tryOrders } from '#modules/requests'
import { agreementTrying, askOf, readTrialPeriod, type TriedClock, type TriedVersion } from '#modules/service-levels'
import { inSnapshot } from '#platform/snapshot.ts'
import type { JobWorld } from '#platform/worker.ts'
import { deleteDifferences, keepDifferences } from './differences.ts'
import { addClock, type Figures, figuresOf } from './figures.ts'
import { updateWhatIf } from './queries.ts'

/** Batches at the same time: while one is counted, the database works for the other. */
const HANDLES = 2

/** Thrown to itself when somebody has stopped it. */
class Stopped extends Error {
  override readonly name = 'Stopped'
}

/**
 * Counts what would have been, in one snapshot and read only, and writes the differences down outside of it. Beginning
 * again does no harm; nothing is left of what was stopped.
 */
export async function countWhatIf({ db, pool, now, signal }: JobWorld, id: string): Promise<void> {
  const row = await db
    .selectFrom('whatIf')
    .select(['customerId', 'fromDay', 'toDay', 'tried', 'state'])
    .where('id', '=', id)
    .executeTakeFirst()
  if (row?.state !== 'computing') return
  const { customerId } = row
  await deleteDifferences(db, id)
  const client = await pool.connect()
  const counts = { clocks: 0, differences: 0, flips: 0, better: 0, worse: 0 }
  const figures: Figures = { counts, byKey: new Map(), shifts: new Map() }
  try {
    await inSnapshot(db, HANDLES, async (handles) => {
      const ask = askOf(handles[0]!)
      const period = await readTrialPeriod(ask, customerId, { from: row.fromDay, to: row.toDay })
      const asOf = now()
      await goOn({
        asOf,
        progress: 0,
        incidents:
          (await countTried(ask, customerId, period)) + (await countTriedOrders(handles[0]!, { customerId, period })),
      })
      const find = agreementTrying(row.tried as unknown as TriedVersion)
      let [progress, batches] = [0, 0]
      // One after the other: there is one connection to write on.
      let writing: Promise<void> = Promise.resolve()
      await tryAgreements(
        handles,
        { customerId, period, find, now: asOf, signal },
        async (batch, incidents, clocks) => {
          for (const clock of clocks) addClock(figures, clock)
          progress += incidents
          batches = Math.max(batches, batch)
          writing = write(writing, batch, clocks)
          await writing
          await goOn({ progress })
        },
      )
      await tryOrders(handles[0]!, { customerId, period, find, now: asOf, signal }, async (orders, promises) => {
        for (const promise of promises) addClock(figures, promise)
        progress += orders
        batches += 1
        await write(writing, batches, promises)
        await goOn({ progress })
      })
    })
    await goOn({
      state: 'done',
      counts: JSON.stringify(counts),
      figures: JSON.stringify(figuresOf(figures)),
      shifts: JSON.stringify([...figures.shifts.values()]),
      finishedAt: now(),
    })
  } catch (error) {
    // The program ends: the next one takes it up again.
    if (signal.aborted) throw error
    await deleteDifferences(db, id)
    if (error instanceof Stopped) return
    await updateWhatIf(db, id, { state: 'failed', finishedAt: now() })
    throw error
  } finally {
    client.release()
  }

  async function goOn(change: Parameters<typeof updateWhatIf>[2]): Promise<void> {
    if (!(await updateWhatIf(db, id, change))) throw new Stopped()
  }

  async function write(before: Promise<void>, batch: number, clocks: readonly TriedClock[]): Promise<void> {
    await before
    await keepDifferences(client, { id, customerId, batch }, clocks)
  }
}
