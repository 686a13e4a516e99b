import type { Pool, PoolClient } from 'pg'
import {
  type Ask,
  askClient,
  askOf,
  type BehindChange,
  type ClockChange,
  compareBehind,
  compareClocks,
  type IncidentClocks,
  nextDue,
  recountAttainment,
  recountBehind,
  storeClocks,
} from '#modules/service-levels'
import type { Db } from '#platform/context.ts'
import { agreementFinder } from './agreement-finder.ts'
import {
  type BatchKey,
  countTaken,
  firstKey,
  nextAfter,
  planOnce,
  type RecomputationScope,
  takeIncidents,
  type TakenIncident,
} from './counting.ts'

/** Batches at the same time. */
const WORKERS = 2

export interface Recomputation extends RecomputationScope {
  readonly customerId: string
  readonly now: Date
  readonly signal?: AbortSignal
  readonly onProgress?: (incidents: number) => void
  /** Counts and compares, and writes nothing. */
  readonly dryRun?: boolean
  /** Told of each result that came out differently from what was stored. */
  readonly onDifference?: (difference: ClockDifference) => void
  /** The correction that asks for it. */
  readonly correctionId?: string
  /** False: what differs in a locked period is said and not adjusted. */
  readonly adjust?: boolean
}

/** A clock's result, stored and counted anew: state and elapsed service seconds; `none` where there was or is none. */
export interface ClockDifference {
  readonly number: string
  readonly metric: string
  readonly before: string
  readonly after: string
  /** It was told in a period that is locked, and stays. */
  readonly locked: boolean
}

/**
 * Counts the clocks of a customer's incidents anew, from history, agreements and calendars as they are now, and then the
 * monthly figures. A batch at a time with its incidents locked, so that the desk goes on; stopping in between leaves
 * each incident whole, and starting again does no harm. What was told in a locked period stays and is adjusted. Runs as
 * the owner of the tables.
 *
 * @returns How many incidents were counted.
 */
export async function recomputeClocks(
  pool: Pool,
  db: Db,
  { customerId, now, signal, onProgress, onDifference, dryRun = false, ...rest }: Recomputation,
): Promise<number> {
  const { correctionId, adjust = true, ...scope } = rest
  const cause = correctionId === undefined ? ('recompute' as const) : ('correction' as const)
  const agreements = agreementFinder(db)
  let counted = 0
  let after: BatchKey | null = firstKey(scope)
  let failed = false
  // Whoever has taken the next incidents lets the other take those after them: while one counts, the database works for the other.
  let turn: Promise<unknown> = Promise.resolve()
  async function takeNext(ask: Ask): Promise<readonly TakenIncident[]> {
    const mine = turn.then(async () => {
      if (after === null || failed || signal?.aborted) return []
      const taken = await takeIncidents(ask, { customerId, scope, after, dryRun })
      after = nextAfter(taken)
      return taken
    })
    turn = mine.catch(() => undefined)
    return mine
  }
  async function work(): Promise<void> {
    const client = await pool.connect()
    try {
      for (let size = -1; size !== 0;) {
        size = await inTransaction(client, dryRun, async () => {
          const ask = askClient(client)
          const incidents = await takeNext(ask)
          if (incidents.length === 0) return 0
          const clocks = await countTaken(ask, incidents, { customerId, agreements, now })
          const keeping = { now, cause, correctionId, adjust }
          const changes = dryRun
            ? await compareClocks(ask, clocks, now)
            : await store(client, incidents, clocks, keeping)
          if (!dryRun) await recountBehind(db, ask, clocks, { now })
          if (onDifference) for (const difference of differences(changes)) onDifference(difference)
          return incidents.length
        })
        counted += size
        if (size > 0) onProgress?.(counted)
      }
    } catch (error) {
      failed = true
      throw error
    } finally {
      client.release()
    }
  }
  const workers = Array.from({ length: WORKERS }, work)
  await Promise.allSettled(workers)
  await Promise.all(workers)
  if (!dryRun) await db.transaction().execute((tx) => recountAttainment(tx, customerId))
  return counted
}

/**
 * What counting anew would change, as the transaction of `tx` sees the world: whatever it has changed and will undo is
 * among it. Nothing is locked and nothing is written.
 */
export async function foreseeClocks(
  tx: Db,
  {
    customerId,
    now,
    signal,
    onChanges,
    ...scope
  }: RecomputationScope &
    Pick<Recomputation, 'customerId' | 'now' | 'signal'> & {
      readonly onChanges: (
        changes: readonly ClockChange[],
        behind: readonly BehindChange[],
        incidents: number,
      ) => Promise<void>
    },
): Promise<void> {
  const ask = askOf(tx)
  await ask(planOnce, [])
  const agreements = agreementFinder(tx)
  let after: BatchKey | null = firstKey(scope)
  while (after !== null) {
    signal?.throwIfAborted()
    const incidents: readonly TakenIncident[] = await takeIncidents(ask, { customerId, scope, after, dryRun: true })
    const clocks = await countTaken(ask, incidents, { customerId, agreements, now })
    const behind = await compareBehind(tx, ask, clocks, now)
    await onChanges(await compareClocks(ask, clocks, now), behind, incidents.length)
    after = nextAfter(incidents)
  }
}

async function inTransaction<Result>(
  client: PoolClient,
  undone: boolean,
  work: () => Promise<Result>,
): Promise<Result> {
  await client.query(`begin; ${planOnce}`)
  try {
    const result = await work()
    await client.query(undone ? 'rollback' : 'commit')
    return result
  } catch (error) {
    await client.query('rollback').catch(() => undefined)
    throw error
  }
}

/** Stores a batch, and when the next of each incident's clocks is due. */
async function store(
  client: PoolClient,
  incidents: readonly TakenIncident[],
  counted: readonly IncidentClocks[],
  keeping: Parameters<typeof storeClocks>[2],
): Promise<ClockChange[]> {
  const changes = await storeClocks(client, counted, keeping)
  const dues = counted.map(({ clocks }) => nextDue(clocks))
  const moved = incidents.flatMap(({ id, due }, index) => {
    const next = dues[index]!
    return (next?.getTime() ?? null) === due ? [] : [{ id, next }]
  })
  if (moved.length > 0) {
    await client.query(
      `update incident set due_at = n.due_at from unnest($1::uuid[], $2::timestamptz[]) as n(id, due_at) where incident.id = n.id`,
      [moved.map(({ id }) => id), moved.map(({ next }) => next)],
    )
  }
  return changes
}

/** Stopped clocks whose result differs from the stored one. Running ones differ by the time that went by, which is no difference. */
function differences(changes: readonly ClockChange[]): ClockDifference[] {
  return changes.flatMap(({ before, after, stored, lockedMonth }) => {
    const { number, metric } = (after ?? before)!
    const locked = !stored && lockedMonth !== null
    const difference = { number, metric, before: told(before), after: told(after), locked }
    return difference.before === difference.after ? [] : [difference]
  })
}

function told(
  clock: { readonly state: string; readonly elapsedMs: number; readonly stoppedAt: Date | null } | null,
): string {
  if (clock === null) return 'none'
  return clock.stoppedAt === null ? 'open' : `${clock.state} ${Math.floor(clock.elapsedMs / 1000)} s`
}
