import type { PoolClient } from 'pg'
import type { JobWorld } from '#platform/worker.ts'
import { workspaceOf } from '#platform/workspace.ts'

/** Connections of an import's own: one holds the staging table and sends it, the others write. */
export interface Connections {
  readonly staging: PoolClient
  readonly writing: readonly PoolClient[]
}

/** Batches written at the same time: the database has more to do with one than we have. */
const WRITERS = 2
/** How often whoever waits for another import looks again. */
const WAIT_MS = 300

/**
 * Connections for one import at a time of a customer: who comes second waits for the first.
 *
 * @param waiting Called while it waits; what it throws ends the waiting.
 */
export async function withConnections<Result>(
  { pool }: JobWorld,
  customerId: string,
  waiting: () => Promise<void> | void,
  work: (connections: Connections) => Promise<Result>,
): Promise<Result> {
  const clients: PoolClient[] = []
  let failed = true
  async function connect(): Promise<PoolClient> {
    const client = await pool.connect()
    // A connection that breaks says so to whoever uses it next; without a listener it would end the process.
    client.on('error', ignore)
    clients.push(client)
    return client
  }
  try {
    const staging = await connect()
    const lock = [workspaceOf(pool).lock('imports.customer'), customerId]
    while (!(await tryLock(staging, lock))) {
      await waiting()
      await new Promise((resolve) => setTimeout(resolve, WAIT_MS))
    }
    const writing: PoolClient[] = []
    while (writing.length < WRITERS) writing.push(await connect())
    const result = await work({ staging, writing })
    await staging.query('select pg_advisory_unlock(hashtext($1), hashtext($2))', lock)
    failed = false
    return result
  } finally {
    for (const client of clients) {
      client.off('error', ignore)
      // What was begun on it goes with it.
      client.release(failed)
    }
  }
}

function ignore(): void {}

async function tryLock(client: PoolClient, lock: readonly string[]): Promise<boolean> {
  const { rows } = await client.query<{ locked: boolean }>(
    'select pg_try_advisory_lock(hashtext($1), hashtext($2)) as locked',
    [...lock],
  )
  return rows[0]!.locked
}

/**
 * Tells the planner what is new, and puts what waits before the search index into it, so that the first pages are as quick
 * as any later. From few samples: better ones come by themselves to each table, but none to a partitioned one as a whole.
 */
export async function settleTables(client: PoolClient): Promise<void> {
  await client.query('set default_statistics_target = 20')
  await client.query(
    'analyze incident, clock, person, history (subject_id, customer_id, import_id, occurred_at, sequence)',
  )
  await client.query('reset default_statistics_target')
  await client.query("select gin_clean_pending_list('incident_search'::regclass)")
}
