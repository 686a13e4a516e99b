import { type RawBuilder, sql } from 'kysely'
import { barredFromTerms, require } from '#core/may.ts'
import { monthsAfter } from '#core/recurrence.ts'
import { requireCustomer } from '#modules/customers'
import type { Context } from '#platform/context.ts'
import type { OpportunitySignal } from './api.ts'

interface Row extends Omit<OpportunitySignal, 'customer' | 'contract'> {
  readonly customerId: string
  readonly contractId: string | null
}

/** Fewer searches that found nothing in three months are chance. */
const SEARCHES = 10

/**
 * Where records of the last three months that are over say that more is needed than was agreed: volume above its band in each
 * of them, work that nobody pays, changes that the customer asked for, and searches that found nothing. The records decide,
 * not a share of a budget: whoever reads it goes and looks.
 */
export async function listSignals(
  context: Context,
  { customer }: { readonly customer?: string | undefined },
): Promise<OpportunitySignal[]> {
  const { db, actor, now } = context
  if (actor.access !== 'auditor') require(barredFromTerms(actor))
  const customerId = customer === undefined ? null : (await requireCustomer(db, customer)).id
  const to = `${now.toISOString().slice(0, 7)}-01`
  const from = monthsAfter(to, -3)
  const queries: readonly RawBuilder<Row>[] = [
    sql`select 'over-band' as kind, h.customer_id as "customerId", h.contract_id as "contractId", l.name as what,
        count(*)::int as count, sum(h.amount_minor)::float8 as "amountMinor"
      from charge h join charge_line l on l.id = h.line_id
      where h.kind = 'baseline' and h.amount_minor > 0 and h.month >= ${from}::date and h.month < ${to}::date
      group by h.customer_id, h.contract_id, l.name having count(*) = 3`,
    sql`select 'unpaid-work' as kind, customer_id as "customerId", contract_id as "contractId", null as what,
        sum(quantity)::int as count, sum(amount_minor)::float8 as "amountMinor"
      from posting where unpaid and month >= ${from}::date group by customer_id, contract_id`,
    sql`select 'asked-changes' as kind, customer_id as "customerId", contract_id as "contractId", null as what,
        count(*)::int as count, null::float8 as "amountMinor"
      from contract_change where origin = 'customer' and created_at >= ${from}::date
      group by customer_id, contract_id having count(*) >= 2`,
    sql`select 'nothing-found' as kind, customer_id as "customerId", null::uuid as "contractId",
        (array_agg(words order by times desc, words))[1] as what, sum(times)::int as count, null::float8 as "amountMinor"
      from portal_search_miss where day >= ${from}::date group by customer_id having sum(times) >= ${SEARCHES}`,
  ]
  const signals: OpportunitySignal[] = []
  for (const query of queries) {
    const { rows } = await sql<
      Omit<Row, 'customerId' | 'contractId'> & Pick<OpportunitySignal, 'customer' | 'contract'>
    >`select s.kind, s.what, s.count, s."amountMinor", json_build_object('id', u.id, 'name', u.name) as customer,
        case when c.id is not null then
          json_build_object('id', c.id, 'number', c.number, 'title', c.title, 'currency', c.currency) end as contract
      from (${query}) s join customer u on u.id = s."customerId" left join contract c on c.id = s."contractId"
      where ${customerId === null ? sql`true` : sql`u.id = ${customerId}`}
      order by s.count desc, u.name, c.number`.execute(db)
    signals.push(...rows)
  }
  return signals
}
