import { sql } from 'kysely'
import type { Db } from '#platform/context.ts'

/** Tables whose rows are told to somebody by row-level security. */
export type CountedTable =
  | 'customer'
  | 'site'
  | 'service'
  | 'agreement'
  | 'incident'
  | 'review'
  | 'import'
  | 'person'
  | 'team'

/** How many rows of each table the transaction's role is shown. */
export async function countRows(db: Db, tables: readonly CountedTable[]): Promise<ReadonlyMap<CountedTable, number>> {
  const counts = new Map<CountedTable, number>()
  for (const table of tables) {
    const { rows } = await sql<{ count: number }>`select count(*)::int as count from ${sql.table(table)}`.execute(db)
    counts.set(table, rows[0]!.count)
  }
  return counts
}
