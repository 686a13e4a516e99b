import { sql } from 'kysely'
import { daysIn, monthOf, near, nowhere, type SummedSource, whole, withoutTeam } from './source.ts'

/** Figures of the capacity that is ordered, of what work costs, and of being where people work. */
export const capacitySources: Readonly<Record<string, SummedSource>> = {
  K59: {
    ...whole,
    records: 'suppliers',
    topics: ['pools'],
    // What was asked for too late was no promise; what nobody looked at yet is neither filled nor short.
    rows: (stretch) => sql`
      select t.customer_id, ${nowhere}, t.month, sum(t.accepted) as n, sum(t.quantity) as d, t.supplier_id as record_id
      from capacity_order t join pool p on p.id = t.pool_id
      where t.customer_id = ${stretch.customerId} and ${daysIn('t.month', stretch)} and t.accepted is not null
        and t.ordered_on + p.lead_days <= t.month
      group by t.customer_id, t.month, t.supplier_id`,
  },
  K60: {
    ...whole,
    records: 'unit-costs',
    topics: ['unit-costs'],
    // A year stands in its December, once it is over. Of several currencies there is no sum.
    rows: (stretch, { now }) => sql`
      select t.customer_id, ${nowhere}, make_date(t.year, 12, 1) as month, t.base_unit_minor * t.volume - t.actual_minor as n,
        t.base_unit_minor * t.volume as d, t.id as record_id
      from efficiency_base t join customer c on c.id = t.customer_id
      where t.customer_id = ${stretch.customerId} and ${daysIn('make_date(t.year, 12, 1)', stretch)}
        and make_date(t.year + 1, 1, 1)::timestamp at time zone c.time_zone <= ${now}::timestamptz
        and (select count(distinct o.currency) from efficiency_base o where o.customer_id = t.customer_id and o.year = t.year) = 1`,
  },
  K89: {
    records: 'incidents',
    spread: false,
    parts: withoutTeam,
    topics: ['tasks'],
    rows: (stretch, { now }) => sql`
      select t.customer_id, i.site_id, i.service_id, null::uuid as team_id, ${monthOf('t.appointment_to')} as month,
        count(*) filter (where t.state = 'done' and (t.done_at at time zone t.appointment_zone)::date
          <= (t.appointment_to at time zone t.appointment_zone)::date) as n,
        count(*) as d, i.id as record_id
      from incident_task t join incident i on i.id = t.incident_id join customer c on c.id = t.customer_id
      where t.customer_id = ${stretch.customerId} and t.state <> 'dropped' and t.appointment_to <= ${now}::timestamptz
        and ${near('t.appointment_to', stretch)}
      group by t.customer_id, i.site_id, i.service_id, 5, i.id`,
  },
}
