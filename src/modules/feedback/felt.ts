import { sql } from 'kysely'
import type { Db } from '#platform/context.ts'

/** Makes one row of the sums (`felt_sum`) of each survey, place and month where something was added since. As the program. */
export async function foldFelt(db: Db): Promise<void> {
  await sql`select fold_felt()`.execute(db)
}
