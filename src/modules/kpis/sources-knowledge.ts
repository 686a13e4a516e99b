import { sql } from 'kysely'
import { daysIn, everywhere, monthOf, near, nowhere, type SummedSource, whole, withoutTeam } from './source.ts'

/** Shares are kept to the hundredth of a percent. */
const WHOLE = 10_000

/** Figures of what is known and helps, of how it is found, of what outages cost, and of what improvements brought. */
export const knowledgeSources: Readonly<Record<string, SummedSource>> = {
  K15: {
    records: 'major-incidents',
    spread: false,
    parts: withoutTeam,
    topics: ['major-incidents'],
    // The least of what was assumed. Of several currencies there is no sum.
    rows: (stretch) => sql`
      select t.customer_id, i.site_id, i.service_id, null::uuid as team_id, ${monthOf('t.declared_at')} as month, t.impact_minor as n,
        1 as d, t.id as record_id
      from major_incident t join incident i on i.id = t.incident_id join customer c on c.id = t.customer_id
      where t.customer_id = ${stretch.customerId} and t.impact_minor is not null and t.state not in ('candidate', 'dismissed')
        and ${near('t.declared_at', stretch)}
        and (select count(distinct o.impact_currency) from major_incident o where o.customer_id = t.customer_id) = 1`,
  },
  K34: {
    ...whole,
    spread: true,
    records: 'finds',
    topics: ['finds'],
    // Only days are kept: nobody's own way is.
    rows: (stretch) => sql`
      select t.customer_id, ${nowhere}, date_trunc('month', t.day)::date as month, 1000 * t.seconds as n, 1 as d, null::uuid as record_id
      from portal_find t cross join generate_series(1, t.times)
      where t.customer_id = ${stretch.customerId} and ${daysIn('t.day', stretch)}`,
  },
  K47: {
    ...whole,
    records: 'improvements',
    topics: ['improvements'],
    // How far its figure went of the way that was meant; each counts alike, whatever its figure is measured in.
    rows: (stretch) => sql`
      select t.customer_id, ${nowhere}, ${monthOf('t.verified_at')} as month,
        round(${sql.lit(WHOLE)} * (t.proof_value - t.baseline_value) / (t.target_value - t.baseline_value)) as n,
        ${sql.lit(WHOLE)} as d, t.id as record_id
      from improvement t join customer c on c.id = t.customer_id
      where t.customer_id = ${stretch.customerId} and t.proof_value is not null and t.target_value <> t.baseline_value
        and ${near('t.verified_at', stretch)}`,
  },
  K71: {
    records: 'incidents',
    spread: false,
    parts: everywhere,
    topics: ['incidents', 'knowledge'],
    // From the month on in which somebody first said it: before, nothing was asked, which is not nothing.
    rows: (stretch) => sql`
      select t.customer_id, t.site_id, t.service_id, t.team_id, ${monthOf('t.resolved_at')} as month,
        (exists (select from incident_article a where a.incident_id = t.id))::int as n, 1 as d, t.id as record_id
      from incident t join customer c on c.id = t.customer_id
      where t.customer_id = ${stretch.customerId} and t.state <> 'cancelled' and ${near('t.resolved_at', stretch)}
        and ${monthOf('t.resolved_at')} >= (select date_trunc('month', min(a.said_at) at time zone c.time_zone)
          from incident_article a where a.customer_id = t.customer_id)`,
  },
  K72: {
    ...whole,
    records: 'articles',
    topics: ['articles'],
    lasting: true,
    // As each stood when the month ended. One without a date is never due.
    rows: (stretch, { now }) => sql`
      select c.id as customer_id, ${nowhere}, ends.month, (s.state = 'published' and (s.review_due is null or s.review_due >= ends.day))::int as n, 1 as d,
        s.article_id as record_id
      from customer c cross join lateral (select m::date as month,
            least((m + interval '1 month') at time zone c.time_zone, ${now}::timestamptz) as at,
            least((m + interval '1 month')::date, (${now}::timestamptz at time zone c.time_zone)::date) as day
          from generate_series(${stretch.from}::date::timestamp, ${stretch.to}::date::timestamp - interval '1 month', interval '1 month') m) ends
        cross join lateral (select distinct on (a.article_id) a.* from article_standing a
          where (a.customer_id = c.id or a.customer_id is null) and a.since < ends.at order by a.article_id, a.since desc) s
      where c.id = ${stretch.customerId} and s.state in ('published', 'outdated') and ends.day >= ends.month`,
  },
}
