import type { PoolClient } from 'pg'
import type { Database } from '#platform/database.ts'

/** Two write at the same time: the database has more to do with a batch than we have. */
export async function withAnother<Result>(
  { pool }: Pick<Database, 'pool'>,
  client: PoolClient,
  work: (writers: readonly PoolClient[]) => Promise<Result>,
): Promise<Result> {
  const another = await pool.connect()
  try {
    await another.query('set synchronous_commit = off')
    return await work([client, another])
  } finally {
    await another.query('reset synchronous_commit').catch(() => undefined)
    another.release()
  }
}

/** Two customers at a time: one cannot keep two processors busy. What fails is thrown when both have come to an end. */
export async function twoAtATime<Item>(items: readonly Item[], work: (item: Item) => Promise<void>): Promise<void> {
  const waiting = [...items]
  const go = async () => {
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) await work(next)
  }
  for (const each of await Promise.allSettled([go(), go()])) if (each.status === 'rejected') throw each.reason
}
