import { sql } from 'kysely'
import { instantAt } from '#core/zone.ts'
import { recomputeClocks } from '#modules/incidents'
import { recomputeOrders } from '#modules/requests'
import type { Db } from '#platform/context.ts'
import type { JobWorld } from '#platform/worker.ts'
import { goOn } from './recomputations.ts'

/** As incidents and orders tell it. */
interface Difference {
  readonly number: string
  readonly metric: string
  readonly before: string
  readonly after: string
  readonly locked: boolean
}

/**
 * Counts anew what was asked for, by the same code as the command does. Stopped by the program's end it begins again, which
 * does no harm; stopped by somebody it leaves what it has stored, each incident and order whole. What was told in a locked
 * month stays, and is not adjusted either.
 */
export async function recount(world: JobWorld, id: string): Promise<void> {
  const { db, pool, now } = world
  const asked = await db
    .selectFrom('recomputation')
    .innerJoin('customer', 'customer.id', 'recomputation.customerId')
    .select(['recomputation.customerId', 'recomputation.fromDay', 'recomputation.dryRun', 'recomputation.state'])
    .select('customer.timeZone')
    .where('recomputation.id', '=', id)
    .executeTakeFirst()
  if (asked?.state !== 'computing') return
  const { customerId, fromDay, dryRun, timeZone } = asked
  const from = new Date(fromDay === null ? 0 : instantAt(timeZone, Date.parse(fromDay)))
  // What was stored before a stop differs no more, and stays on the list.
  await db
    .deleteFrom('recomputationDifference')
    .where('recomputationId', '=', id)
    .$if(!dryRun, (query) => query.where('locked', '=', true))
    .execute()
  await goOn(db, id, { progress: 0, total: await toCount(db, customerId, from) })
  const stopped = new AbortController()
  const report = await reporter(db, { id, customerId, onStopped: () => stopped.abort() })
  const signal = AbortSignal.any([world.signal, stopped.signal])
  const common = { customerId, dryRun, signal, onDifference: report.differs }
  try {
    const incidents = await recomputeClocks(pool, db, {
      ...common,
      openedFrom: from,
      now: now(),
      adjust: false,
      onProgress: report.progressed,
    })
    const orders = await recomputeOrders(db, {
      ...common,
      orderedFrom: from,
      now: now(),
      onProgress: (count) => report.progressed(incidents + count),
    })
    await report.end()
    world.signal.throwIfAborted()
    const counts = JSON.stringify({ incidents, orders, ...(await tallied(db, id)) })
    await goOn(db, id, { state: 'done', progress: incidents + orders, counts, finishedAt: now() })
  } catch (error) {
    // The program ends: the next one takes it up again.
    if (world.signal.aborted) throw error
    await goOn(db, id, { state: 'failed', finishedAt: now() })
    throw error
  }
}

/** Writes down how far it is and what differs, in its order, while counting goes on. */
async function reporter(
  db: Db,
  { id, customerId, onStopped }: { readonly id: string; readonly customerId: string; readonly onStopped: () => void },
) {
  const { last } = await db
    .selectFrom('recomputationDifference')
    .select((of) => of.fn.coalesce(of.fn.max('position'), of.lit(0)).as('last'))
    .where('recomputationId', '=', id)
    .executeTakeFirstOrThrow()
  let position: number = last
  let progress = 0
  let found: Difference[] = []
  let writing: Promise<void> = Promise.resolve()
  async function write(): Promise<void> {
    const rows = found.map((each) => ({ ...each, recomputationId: id, customerId, position: (position += 1) }))
    found = []
    for (let first = 0; first < rows.length; first += ROWS_AT_ONCE) {
      await db
        .insertInto('recomputationDifference')
        .values(rows.slice(first, first + ROWS_AT_ONCE))
        .execute()
    }
    if (!(await goOn(db, id, { progress }))) onStopped()
  }
  return {
    differs: (difference: Difference): void => {
      found.push(difference)
    },
    progressed: (counted: number): void => {
      progress = counted
      writing = writing.then(write)
      // Whoever awaits the end hears of it.
      writing.catch(() => onStopped())
    },
    end: async () => {
      await writing
      if (found.length > 0) await write()
    },
  }
}

async function tallied(db: Db, id: string): Promise<{ readonly changed: number; readonly locked: number }> {
  const rows = await db
    .selectFrom('recomputationDifference')
    .select((of) => ['locked', of.fn.countAll<number>().as('count')])
    .where('recomputationId', '=', id)
    .groupBy('locked')
    .execute()
  const of = (locked: boolean) => rows.find((row) => row.locked === locked)?.count ?? 0
  return { changed: of(false), locked: of(true) }
}

const ROWS_AT_ONCE = 1000

async function toCount(db: Db, customerId: string, from: Date): Promise<number> {
  const { rows } = await sql<{ readonly total: number }>`
    select ((select count(*) from incident where customer_id = ${customerId} and opened_at >= ${from})
      + (select count(*) from request where customer_id = ${customerId} and state <> 'draft' and ordered_at >= ${from})
    )::int as total`.execute(db)
  return rows[0]!.total
}
