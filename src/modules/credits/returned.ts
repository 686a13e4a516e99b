import { sql } from 'kysely'
import type { EarnBackEntry } from '#core/earn-back.ts'
import { monthsAfter } from '#core/recurrence.ts'
import type { Db } from '#platform/context.ts'

/** Entries of the ledger with what of each was given back already: of an average what its year's credits gave back. */
export async function withReturned(
  db: Db,
  contractId: string,
  ledger: readonly EarnBackEntry[],
): Promise<(EarnBackEntry & { readonly returnedMinor: number })[]> {
  if (ledger.length === 0) return []
  const returns = await db
    .selectFrom('creditReturn as r')
    .innerJoin('serviceCredit as c', 'c.id', 'r.creditId')
    .select(['r.level', 'r.amountMinor', sql<string>`to_char(c.month, 'YYYY-MM')`.as('month')])
    .where('c.contractId', '=', contractId)
    .execute()
  return ledger.map((entry) => {
    const end = monthsAfter(`${entry.month}-01`, entry.average === null ? 1 : 12).slice(0, 7)
    const own = returns.filter(({ level, month }) => level === entry.level && month >= entry.month && month < end)
    return { ...entry, returnedMinor: own.reduce((sum, { amountMinor }) => sum + amountMinor, 0) }
  })
}
