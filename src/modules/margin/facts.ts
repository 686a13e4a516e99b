import { sql } from 'kysely'
import type { ChargedFact, CreditFact } from '#core/ledger.ts'
import type { Db } from '#platform/context.ts'

/** A date of a column as `YYYY-MM`. */
export const monthOf = (column: string) => sql<string>`to_char(${sql.ref(column)}, 'YYYY-MM')`

/** What was charged of a contract up to a month, with how far each charge is. */
export async function chargedOf(db: Db, contractId: string, to: string): Promise<readonly ChargedFact[]> {
  const rows = await db
    .selectFrom('charge')
    .leftJoin('chargeLine', 'chargeLine.id', 'charge.lineId')
    .select(['charge.id', 'charge.kind', 'charge.amountMinor', 'charge.quantity', 'charge.state'])
    .select([monthOf('charge.month').as('month'), 'chargeLine.serviceId'])
    .where('charge.contractId', '=', contractId)
    .where('charge.month', '<=', `${to}-01`)
    .orderBy('charge.month')
    .orderBy('charge.id')
    .execute()
  return rows.map(({ state, ...row }) => ({ ...row, agreed: ['agreed', 'invoiced', 'paid'].includes(state) }))
}

/** Credits that cost something and were not waived, with the month on whose charges each stands. */
export async function creditedOf(db: Db, contractId: string, to: string): Promise<readonly CreditFact[]> {
  return db
    .selectFrom('serviceCredit')
    .leftJoin('charge', 'charge.id', 'serviceCredit.chargeId')
    .select(['serviceCredit.id', 'serviceCredit.amountMinor', monthOf('serviceCredit.month').as('month')])
    .select(
      sql<string | null>`case when charge.month <= ${`${to}-01`}::date then to_char(charge.month, 'YYYY-MM') end`.as(
        'chargedIn',
      ),
    )
    .where('serviceCredit.contractId', '=', contractId)
    .where('serviceCredit.month', '<=', `${to}-01`)
    .where('serviceCredit.amountMinor', '>', 0)
    .where('serviceCredit.state', '<>', 'waived')
    .orderBy('serviceCredit.month')
    .execute()
}
