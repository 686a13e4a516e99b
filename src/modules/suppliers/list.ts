import { sql } from 'kysely'
import { barredFromContracting, require } from '#core/may.ts'
import { requireCustomer } from '#modules/customers'
import type { Reading } from '#platform/context.ts'
import type { SupplierLine } from './api.ts'
import { yearBefore } from './queries.ts'

const weight = { critical: 0, important: 1, routine: 2 } as const

/** `GET /suppliers`. */
export async function listSuppliers(
  { db, actor, now }: Reading,
  { customer }: { readonly customer?: string | undefined },
): Promise<SupplierLine[]> {
  if (actor.access !== 'auditor') require(barredFromContracting(actor))
  const customerId = customer === undefined ? null : (await requireCustomer(db, customer)).id
  const since = yearBefore(now)
  const { rows } = await sql<SupplierLine & { met: number; over: number }>`
    select listed.id, listed.name, listed.state, listed.tier, listed.contracts, listed."endsOn", listed.spend, listed."shortUnits",
      behind.met, behind.over
    from (
      select s.id, s.name, s.state, s.tier, count(c.id)::int as contracts, min(c.ends_on) as "endsOn",
        array_agg(distinct c.agreement_id) as agreements,
        coalesce((select json_agg(json_build_object('currency', currency, 'amountMinor', amount) order by currency) from (
          select ic.currency, sum(i.amount_minor)::bigint as amount from supplier_invoice i
          join supplier_contract ic on ic.id = i.supplier_contract_id
          where i.supplier_id = s.id and i.month >= ${since} and (${customerId}::uuid is null or i.customer_id = ${customerId})
          group by 1) spent), '[]') as spend,
        (select coalesce(sum(o.quantity - o.accepted), 0)::int from capacity_order o
          where o.supplier_id = s.id and o.accepted is not null and o.month >= ${since}
            and (${customerId}::uuid is null or o.customer_id = ${customerId})) as "shortUnits"
      from supplier s left join supplier_contract c on c.supplier_id = s.id
        and (${customerId}::uuid is null or c.customer_id = ${customerId})
      group by s.id having ${customerId}::uuid is null or count(c.id) > 0
    ) listed, lateral (
      select coalesce(sum(b.met), 0)::int as met, coalesce(sum(b.met + b.missed), 0)::int as over
      from unnest(listed.agreements) agreement, kept_behind(agreement, ${since}) b
    ) behind
    order by listed.name, listed.id`.execute(db)
  return rows
    .map(({ met, over, ...row }) => ({ ...row, kept: over === 0 ? null : { numerator: met, denominator: over } }))
    .toSorted((one, other) => weight[one.tier] - weight[other.tier])
}
