import { sql } from 'kysely'
import type { ChargedFact, CreditFact, WorkFact } from '#core/ledger.ts'
import type { Db } from '#platform/context.ts'

const monthOf = (column: string) => sql<string>`to_char(${sql.ref(column)}, 'YYYY-MM')`

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

interface Covering {
  readonly id: string
  readonly customerId: string
  readonly startsOn: string
}

/**
 * Minutes worked for a contract by month and service, with what an hour cost. A service that a contract of the same customer
 * names is that one's; the rest is the first contract's that is for all services.
 */
export async function workedOf(
  db: Db,
  { id, customerId, startsOn }: Covering,
  after: string,
): Promise<readonly WorkFact[]> {
  const { rows: contracts } = await sql<{ id: string; services: string[] }>`
    select c.id, coalesce((select v.service_ids from contract_version v where v.contract_id = c.id
      order by v.number desc limit 1), '{}') as services
    from contract c where c.customer_id = ${customerId} order by c.number`.execute(db)
  const named = (service: string | null) =>
    contracts.find(({ services }) => service !== null && services.includes(service))
  const forAll = contracts.find(({ services }) => services.length === 0)
  const rates = await db
    .selectFrom('labourRate')
    .select([monthOf('validFrom').as('from'), 'hourMinor'])
    .where('contractId', '=', id)
    .orderBy('validFrom', 'desc')
    .execute()
  if (rates.length === 0) return []
  const { rows } = await sql<{ month: string; serviceId: string | null; minutes: number }>`
    select to_char(month, 'YYYY-MM') as month, service_id, minutes
    from work_minutes(${customerId}, ${startsOn}, ${after}) order by 1, 2`.execute(db)
  return rows
    .filter(({ serviceId }) => (named(serviceId) ?? forAll)?.id === id)
    .map(({ month, serviceId, minutes }) => {
      const hourMinor = rates.find(({ from }) => from <= month)?.hourMinor ?? null
      return { month, serviceId, minutes, hourMinor }
    })
}
