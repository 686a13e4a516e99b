import type { PoolClient } from 'pg'
import type { JobWorld } from '#platform/worker.ts'

/** Connections of an import's own: one holds the staging table and sends it, the other writes. */
export interface Connections {
  readonly staging: PoolClient
  readonly writing: PoolClient
}

/** How often whoever waits for another import looks again. */
const WAIT_MS = 300

/**
 * Two connections, for one import at a time of a customer: who comes second waits for the first.
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
    while (!(await tryLock(staging, customerId))) {
      await waiting()
      await new Promise((resolve) => setTimeout(resolve, WAIT_MS))
    }
    const result = await work({ staging, writing: await connect() })
    await staging.query('select pg_advisory_unlock(hashtext($1), hashtext($2))', ['imports.customer', customerId])
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

async function tryLock(client: PoolClient, customerId: string): Promise<boolean> {
  const { rows } = await client.query<{ locked: boolean }>(
    'select pg_try_advisory_lock(hashtext($1), hashtext($2)) as locked',
    ['imports.customer', customerId],
  )
  return rows[0]!.locked
}

/**
 * Tells the planner what is new. From few samples: better ones come by themselves to each table, but none to a partitioned
 * one as a whole.
 */
export async function analyze(client: PoolClient): Promise<void> {
  await client.query('set default_statistics_target = 20')
  await client.query('analyze incident, clock, history, person')
  await client.query('reset default_statistics_target')
}
