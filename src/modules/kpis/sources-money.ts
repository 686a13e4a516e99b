import { type RawBuilder, sql } from 'kysely'
import {
  daysIn,
  endOfMonth,
  monthOf,
  near,
  nowhere,
  oneCurrency,
  type Stretch,
  type SummedSource,
  whole,
} from './source.ts'

/** What a posting adds to costs, without what is only passed on. */
const COST = "((t.debit like 'cost:%')::int - (t.credit like 'cost:%')::int) * t.amount_minor"
const REVENUE = "((t.credit like 'revenue:%')::int - (t.debit like 'revenue:%')::int) * t.amount_minor"
const OWN_COST = sql.raw(
  "(t.debit like 'cost:%' or t.credit like 'cost:%') and 'cost:pass-through' not in (t.debit, t.credit)",
)
const OWN_MONEY = sql.raw("(t.debit || ' ' || t.credit) not like '%:pass-through%'")

const postedIn = (stretch: Stretch) => sql`${oneCurrency(stretch)} and ${daysIn('t.month', stretch)}`

/** Costs by contract, month and kind. */
function costs(stretch: Stretch): RawBuilder<unknown> {
  return sql`select t.customer_id, t.contract_id, t.month, case when t.debit like 'cost:%' then t.debit else t.credit end as category,
      sum(${sql.raw(COST)}) as amount
    from posting t where ${postedIn(stretch)} and ${OWN_COST} group by 1, 2, 3, 4`
}

/** A plan of costs of one version. */
function planned(stretch: Stretch, version: 'budget' | 'forecast'): RawBuilder<unknown> {
  return sql`select t.customer_id, t.contract_id, t.month, t.category, t.amount_minor as amount, t.planned_at
    from profit_plan t where ${postedIn(stretch)} and t.version = ${version} and t.category like 'cost:%'
      and t.category <> 'cost:pass-through'`
}

/** Figures of what contracts bring and cost; what is left of them is for few to see (migration 0130). */
export const moneySources: Readonly<Record<string, SummedSource>> = {
  K28: {
    ...whole,
    records: 'contracts',
    topics: ['margin', 'incidents', 'requests'],
    // Of a month whose costs nobody has posted yet, tickets would seem to cost nothing.
    rows: (stretch) => sql`
      with cost as (${costs(stretch)}),
        ticket as (
          select ${monthOf('t.resolved_at')} as month from incident t join customer c on c.id = t.customer_id
          where t.customer_id = ${stretch.customerId} and t.state <> 'cancelled' and ${near('t.resolved_at', stretch)}
          union all
          select ${monthOf('t.delivered_at')} from request t join customer c on c.id = t.customer_id
          where t.customer_id = ${stretch.customerId} and t.state in ('delivered', 'confirmed', 'closed') and ${near('t.delivered_at', stretch)})
      select cost.customer_id, ${nowhere}, cost.month, sum(cost.amount) as n, 0 as d, cost.contract_id as record_id
      from cost group by cost.customer_id, cost.month, cost.contract_id
      union all
      select ${stretch.customerId}::uuid, ${nowhere}, ticket.month, 0, count(*), null::uuid
      from ticket where ticket.month in (select cost.month from cost) group by ticket.month`,
  },
  K49: {
    ...whole,
    records: 'contracts',
    topics: ['margin'],
    // A month of which nothing is posted yet has no costs to compare.
    rows: (stretch) => sql`
      with cost as (${costs(stretch)}), plan as (${planned(stretch, 'budget')}),
        spent as (select contract_id, month, sum(amount) as amount from cost group by 1, 2)
      select plan.customer_id, ${nowhere}, plan.month, sum(plan.amount) - spent.amount as n, sum(plan.amount) as d,
        plan.contract_id as record_id
      from plan join spent using (contract_id, month) group by plan.customer_id, plan.month, plan.contract_id, spent.amount`,
  },
  K50: {
    ...whole,
    records: 'contracts',
    topics: ['margin'],
    // Only what was foreseen before the month began; a kind of cost that only one of both knows counts whole.
    rows: (stretch) => sql`
      with cost as (${costs(stretch)}),
        plan as (select p.* from (${planned(stretch, 'forecast')}) p join customer c on c.id = p.customer_id
          where p.planned_at < p.month::timestamp at time zone c.time_zone),
        both_known as (select contract_id, month from cost intersect select contract_id, month from plan)
      select ${stretch.customerId}::uuid as customer_id, ${nowhere}, month,
        sum(abs(coalesce(plan.amount, 0) - coalesce(cost.amount, 0))) as n, sum(coalesce(cost.amount, 0)) as d,
        contract_id as record_id
      from cost full join plan using (contract_id, month, category) join both_known using (contract_id, month)
      group by month, contract_id`,
  },
  K51: {
    ...whole,
    records: 'contracts',
    topics: ['margin'],
    rows: (stretch) => sql`
      select t.customer_id, ${nowhere}, t.month, sum(${sql.raw(REVENUE)} - ${sql.raw(COST)}) as n, sum(${sql.raw(REVENUE)}) as d,
        t.contract_id as record_id
      from posting t where ${postedIn(stretch)} and ${OWN_MONEY} group by t.customer_id, t.month, t.contract_id`,
  },
  K52: {
    ...whole,
    records: 'contracts',
    topics: ['credits'],
    // What is charged has a month to be invoiced in; what is contradicted may be lost at once.
    rows: (stretch, { now }) => sql`
      select t.customer_id, ${nowhere}, t.month,
        coalesce(sum(t.amount_minor) filter (where t.state = 'disputed' or t.state in ('draft', 'reviewed', 'agreed')
          and (t.month + interval '2 months') at time zone c.time_zone <= ${now}::timestamptz), 0) as n,
        sum(t.amount_minor) as d, t.contract_id as record_id
      from charge t join customer c on c.id = t.customer_id
      where ${oneCurrency(stretch)} and t.line_id is not null and t.amount_minor > 0 and ${daysIn('t.month', stretch)}
        and ${endOfMonth} <= ${now}::timestamptz
      group by t.customer_id, t.month, t.contract_id`,
  },
  K53: {
    ...whole,
    records: 'credits',
    topics: ['credits'],
    rows: (stretch) => sql`
      select t.customer_id, ${nowhere}, t.month, t.amount_minor as n, 0 as d, t.id as record_id
      from service_credit t where ${postedIn(stretch)} and t.state not in ('waived', 'earned-back')
      union all
      select t.customer_id, ${nowhere}, t.month, 0, t.amount_minor, null::uuid
      from charge t where ${postedIn(stretch)} and t.line_id is not null and t.state <> 'draft' and t.amount_minor >= 0`,
  },
  K54: {
    ...whole,
    records: 'contracts',
    topics: ['contracts'],
    // Due where a term ended, unless it was cut short before; renewed where a later one goes further, or it simply went on.
    rows: (stretch, { now }) => sql`
      select t.customer_id, ${nowhere}, date_trunc('month', v.ends_on)::date as month,
        case when t.state not in ('exiting', 'expired', 'terminated') or exists (select from contract_version later
            where later.contract_id = t.id and later.number > v.number and (later.ends_on is null or later.ends_on > v.ends_on))
          then p.value_minor else 0 end as n, p.value_minor as d, t.id as record_id
      from contract t join customer c on c.id = t.customer_id join contract_version v on v.contract_id = t.id
        join contract_private p on p.contract_id = t.id and p.value_minor > 0
      where ${oneCurrency(stretch)} and ${daysIn('v.ends_on', stretch)} and t.state <> 'pipeline'
        and v.ends_on::timestamp at time zone c.time_zone <= ${now}::timestamptz
        and not exists (select from contract_version later
          where later.contract_id = t.id and later.number > v.number and later.ends_on <= v.ends_on)`,
  },
  K57: {
    ...whole,
    spread: true,
    records: 'contract-changes',
    topics: ['contract-changes'],
    rows: (stretch) => sql`
      select t.customer_id, ${nowhere}, date_trunc('month', t.signed_on)::date as month,
        86400000::bigint * greatest(0, t.signed_on - (t.created_at at time zone c.time_zone)::date) as n, 1 as d, t.id as record_id
      from contract_change t join customer c on c.id = t.customer_id
      where t.customer_id = ${stretch.customerId} and ${daysIn('t.signed_on', stretch)}`,
  },
  K55: {
    ...whole,
    records: 'opportunities',
    topics: ['opportunities'],
    lasting: true,
    // In each month in whose end it stood, with what is thought of it today; the sum is one, whoever many it is made of.
    rows: (stretch, { now }) => sql`
      with standing as (
        select t.customer_id, ends.month, round(t.value_minor * t.probability_bp / 10000.0) as n, t.id
        from opportunity t join customer c on c.id = t.customer_id
          cross join lateral (select m::date as month, least((m + interval '1 month') at time zone c.time_zone, ${now}::timestamptz) as at
            from generate_series(${stretch.from}::date::timestamp, ${stretch.to}::date::timestamp - interval '1 month', interval '1 month') m) ends
        where t.customer_id = ${stretch.customerId} and t.value_minor is not null and t.probability_bp is not null
          and t.state <> 'deferred' and t.created_at < ends.at and (t.settled_at is null or t.settled_at >= ends.at)
          and ends.month::timestamp at time zone c.time_zone < ${now}::timestamptz
          and (select count(distinct o.currency) from opportunity o where o.customer_id = t.customer_id) = 1)
      select customer_id, ${nowhere}, month, n, 0 as d, id as record_id from standing
      union all
      select distinct customer_id, ${nowhere}, month, 0, 1, null::uuid from standing`,
  },
}
