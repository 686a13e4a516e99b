import { sql } from 'kysely'
import type { Actor, Db } from '#platform/context.ts'

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

/**
 * How many incidents, without reading each: every one is either to be counted, counted by itself or in the sums of its month
 * (decision 0176), and each of these tells the same people as the incident does. Whoever sees parts of a customer reads no sums.
 */
const incidentsAdded = sql`
  select (case when (select narrowed()) then (select count(*) from incident)
    else (select coalesce(sum(incidents), 0) from holding_sum where part = 'whole')
      + (select count(*) from holding where not settled) + (select count(*) from holding_due) end)::int as count`

/** How many rows of each table the transaction's role is shown; a customer's people may not read what is added up. */
export async function countRows(
  db: Db,
  tables: readonly CountedTable[],
  access: Actor['access'],
): Promise<ReadonlyMap<CountedTable, number>> {
  const counts = new Map<CountedTable, number>()
  for (const table of tables) {
    const counted =
      table === 'incident' && access !== 'customer'
        ? incidentsAdded
        : sql`select count(*)::int as count from ${sql.table(table)}`
    const { rows } = await sql<{ count: number }>`${counted}`.execute(db)
    counts.set(table, rows[0]!.count)
  }
  return counts
}
