import type { Pool } from 'pg'

/** Nobody waits for this longer. */
const WAIT_MS = 2000

/**
 * Lets go of months of the history that lie before a moment and have become empty; which they were. The lock on the history
 * that it takes is waited for two seconds: a night that does not get it leaves it to the next.
 */
export async function dropEmptyMonths(pool: Pool, before: Date): Promise<readonly string[]> {
  const { rows: months } = await pool.query<{ name: string }>(
    `select part.relname as name from pg_inherits join pg_class part on part.oid = inhrelid
     where inhparent = 'history'::regclass and part.relname ~ '^history_\\d{4}_\\d{2}$'
       and to_date(right(part.relname, 7), 'YYYY_MM') + interval '1 month' <= ($1::timestamptz at time zone 'UTC')
     order by 1`,
    [before],
  )
  const dropped: string[] = []
  for (const { name } of months) {
    const client = await pool.connect()
    try {
      await client.query(`begin; set local lock_timeout = ${WAIT_MS}`)
      await client.query(`lock table "${name}" in access exclusive mode`)
      const { rows } = await client.query<{ some: boolean }>(`select exists (select from "${name}") as some`)
      if (!rows[0]!.some) {
        await client.query(`drop table "${name}"`)
        dropped.push(name)
      }
      await client.query('commit')
    } catch (error) {
      await client.query('rollback')
      // Somebody works with it: the next night.
      if ((error as { code?: string }).code !== '55P03') throw error
    } finally {
      client.release()
    }
  }
  return dropped
}
