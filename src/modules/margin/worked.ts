import { sql } from 'kysely'
import type { ChargedFact, WorkFact } from '#core/ledger.ts'
import type { Db } from '#platform/context.ts'
import { monthOf } from './facts.ts'

interface Covering {
  readonly id: string
  readonly customerId: string
  readonly startsOn: string
}

interface Charged {
  /** The first day that is not counted any more. */
  readonly after: string
  readonly charges: readonly ChargedFact[]
}

/**
 * Minutes worked for a contract by month and service, with what an hour cost and whether anybody pays for it: time booked on
 * its incidents, and what teams booked on its changes.
 */
export async function workedOf(db: Db, contract: Covering, { after, charges }: Charged): Promise<readonly WorkFact[]> {
  const rates = await ratesOf(db, contract.id)
  if (rates.length === 0) return []
  const hourIn = (month: string) => rates.find(({ validFrom }) => validFrom <= month)?.hourMinor ?? null
  const pays = payingIn(charges)
  const booked = (await bookedOf(db, contract, after)).map(({ month, serviceId, minutes }) => {
    const fact = { month, serviceId, minutes, hourMinor: hourIn(month), changeId: null }
    return { ...fact, unpaid: !pays(month, serviceId) }
  })
  const changed = (await changedOf(db, contract.id, after)).map((row) => ({ ...row, hourMinor: hourIn(row.month) }))
  return [...booked, ...changed]
}

/** What an hour of own work costs, the latest month from which it does first. */
export async function ratesOf(
  db: Db,
  contractId: string,
): Promise<readonly { readonly validFrom: string; readonly hourMinor: number }[]> {
  return db
    .selectFrom('labourRate')
    .select([monthOf('validFrom').as('validFrom'), 'hourMinor'])
    .where('contractId', '=', contractId)
    .orderBy('labourRate.validFrom', 'desc')
    .execute()
}

/** Kinds of charges that pay for the work of a month; what is passed through or charged once does not. */
const paying: ReadonlySet<string> = new Set(['fixed', 'unit', 'tiered', 'baseline', 'time'])

/**
 * Whether a service is paid for in a month: by a charge of its own, or one for the whole contract. Of a month of which nothing
 * was reckoned yet that is not known, and nothing is called unpaid.
 */
function payingIn(charges: readonly ChargedFact[]): (month: string, serviceId: string | null) => boolean {
  const byMonth = Map.groupBy(charges, ({ month }) => month)
  return (month, serviceId) =>
    byMonth
      .get(month)
      ?.some(
        (charge) =>
          paying.has(charge.kind) &&
          charge.amountMinor > 0 &&
          (charge.serviceId === null || charge.serviceId === serviceId),
      ) ?? true
}

/**
 * Time booked on incidents. A service that a contract of the same customer names is that one's; the rest is the first
 * contract's that is for all services.
 */
async function bookedOf(db: Db, { id, customerId, startsOn }: Covering, after: string) {
  const { rows: contracts } = await sql<{ id: string; services: string[] }>`
    select c.id, coalesce((select v.service_ids from contract_version v where v.contract_id = c.id
      order by v.number desc limit 1), '{}') as services
    from contract c where c.customer_id = ${customerId} order by c.number`.execute(db)
  const named = (service: string | null) =>
    contracts.find(({ services }) => service !== null && services.includes(service))
  const forAll = contracts.find(({ services }) => services.length === 0)
  const { rows } = await sql<{ month: string; serviceId: string | null; minutes: number }>`
    select to_char(month, 'YYYY-MM') as month, service_id, minutes
    from work_minutes(${customerId}, ${startsOn}, ${after}) order by 1, 2`.execute(db)
  return rows.filter(({ serviceId }) => (named(serviceId) ?? forAll)?.id === id)
}

/** What teams booked on changes of the contract, before and after each was signed. Before, nobody pays for it. */
async function changedOf(db: Db, contractId: string, after: string) {
  const { rows } = await sql<Omit<WorkFact, 'hourMinor'>>`
    select to_char(w.day, 'YYYY-MM') as month, null::uuid as "serviceId", c.id as "changeId",
      (c.signed_on is null or w.day < c.signed_on) as unpaid, sum(w.minutes)::int as minutes
    from contract_change_work w join contract_change c on c.id = w.change_id
    where c.contract_id = ${contractId} and w.day < ${after}::date
    group by 1, c.id, 4 order by 1, c.id, 4`.execute(db)
  return rows
}
