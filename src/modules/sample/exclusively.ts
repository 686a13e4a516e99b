import type { PoolClient } from 'pg'
import { refused } from '#core/failure.ts'
import type { Database } from '#platform/database.ts'

/** Of PostgreSQL's advisory locks; any number that nobody else uses. */
const LOCK = 7_310_204

/** Does `work` while nobody else, in whatever process, writes or removes the sample company; refuses when somebody does. */
export async function exclusively<Result>(
  { pool }: Pick<Database, 'pool'>,
  work: (client: PoolClient) => Promise<Result>,
): Promise<Result> {
  const client = await pool.connect()
  try {
    const { rows } = await client.query<{ mine: boolean }>('select pg_try_advisory_lock($1) as mine', [LOCK])
    if (rows[0]?.mine !== true) throw refused('sample.running')
    try {
      return await work(client)
    } finally {
      await client.query('select pg_advisory_unlock($1)', [LOCK]).catch(() => undefined)
    }
  } finally {
    client.release()
  }
}
