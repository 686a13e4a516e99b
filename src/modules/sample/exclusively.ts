import type { PoolClient } from 'pg'
import { refused } from '#core/failure.ts'
import type { Database } from '#platform/database.ts'
import { workspaceOf } from '#platform/workspace.ts'

/** Does `work` while nobody else, in whatever process, writes or removes the sample company; refuses when somebody does. */
export async function exclusively<Result>(
  { pool }: Pick<Database, 'pool'>,
  work: (client: PoolClient) => Promise<Result>,
): Promise<Result> {
  const client = await pool.connect()
  const lock = workspaceOf(pool).lock('sample')
  try {
    const { rows } = await client.query<{ mine: boolean }>(
      'select pg_try_advisory_lock(hashtextextended($1, 0)) as mine',
      [lock],
    )
    if (rows[0]?.mine !== true) throw refused('sample.running')
    try {
      return await work(client)
    } finally {
      await client.query('select pg_advisory_unlock(hashtextextended($1, 0))', [lock]).catch(() => undefined)
    }
  } finally {
    client.release()
  }
}
