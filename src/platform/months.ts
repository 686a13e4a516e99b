import type { Pool } from 'pg'
import type { Loop } from './worker.ts'

/** Tables that are kept by month. */
const KEPT_BY_MONTH = ['history', 'audit'] as const

/** From now on so many days have their months. */
const DAYS_AHEAD = 65

/** Making one keeps everybody from the table: nobody waits for it longer than this. */
const WAIT_MS = 2000

const DAY_MS = 86_400_000
const AGAIN_MS = 10 * 60_000

/**
 * Makes the months of the history and the audit that come, before anything is written in them: what has no month goes to the
 * default partition, and a month of which some lies there already stays there. False when others kept the tables busy.
 */
export async function makeMonthsAhead(pool: Pool, now: Date): Promise<boolean> {
  const client = await pool.connect()
  try {
    for (const table of KEPT_BY_MONTH) {
      await client.query(`begin; set local lock_timeout = ${WAIT_MS}`)
      await client.query('select ensure_months($1, $2, $3)', [
        table,
        now,
        new Date(now.getTime() + DAYS_AHEAD * DAY_MS),
      ])
      await client.query('commit')
    }
    return true
  } catch (error) {
    await client.query('rollback')
    if ((error as { code?: string }).code !== '55P03') throw error
    return false
  } finally {
    client.release()
  }
}

/** Once a day; soon again when the tables were busy. */
export const monthsAhead: Loop = {
  name: 'months.ahead',
  run: async ({ pool, now }) => {
    const made = await makeMonthsAhead(pool, now())
    return new Date(now().getTime() + (made ? DAY_MS : AGAIN_MS))
  },
}
