import { sql } from 'kysely'
import { keptObligations } from '#modules/contracts'
import { around, countedRows, daysIn, monthOf, near, nowhere, type SummedSource, whole } from './source.ts'

const monthOfDay = (column: string) => sql.raw(`date_trunc('month', ${column})::date`)

/** Figures of actions, improvements, meetings, the relationship, contracts and those behind us. */
export const steeredSources: Readonly<Record<string, SummedSource>> = {
  K56: {
    ...whole,
    records: 'obligations',
    topics: ['contracts'],
    lasting: true,
    rows: async (stretch, world) => {
      const { customerId } = stretch
      const kept = await keptObligations(world, customerId, stretch)
      const rows = kept.map(({ obligationId, dueOn, inTime }) => ({
        month: `${dueOn.slice(0, 7)}-01`,
        n: inTime ? 1 : 0,
        d: 1,
        recordId: obligationId,
      }))
      return countedRows(customerId, rows)
    },
  },
  K58: {
    records: 'incidents',
    spread: false,
    parts: ['customer', 'site', 'service', 'site-type', 'segment', 'market'],
    topics: ['behind'],
    rows: (stretch) => sql`
      select t.customer_id, i.site_id, i.service_id, null::uuid as team_id, ${monthOf('t.stopped_at')} as month,
        (t.state = 'met')::int as n, 1 as d, t.incident_id as record_id
      from clock_behind t join incident i on i.id = t.incident_id join customer c on c.id = t.customer_id
      where t.customer_id = ${stretch.customerId} and t.state in ('met', 'breached-stopped') and ${near('t.stopped_at', stretch)}`,
  },
  K74: {
    ...whole,
    records: 'improvements',
    topics: ['improvements'],
    rows: (stretch) => sql`
      select t.customer_id, ${nowhere}, ${monthOf('t.ended_at')} as month, (t.proof is not distinct from 'signal')::int as n,
        1 as d, t.id as record_id
      from (select i.id, i.customer_id, i.proof, coalesce(i.verified_at, (select max(h.occurred_at) from history h
            where h.subject_id = i.id and h.kind = 'improvement.state' and h.facts ->> 'to' = 'stopped')) as ended_at
          from improvement i where i.customer_id = ${stretch.customerId} and i.state in ('benefit-verified', 'closed', 'stopped')) t
        join customer c on c.id = t.customer_id
      where ${near('t.ended_at', stretch)}`,
  },
  K75: {
    ...whole,
    records: 'meetings',
    topics: ['forums', 'actions'],
    rows: (stretch, { now }) => sql`
      select t.customer_id, ${nowhere}, ${monthOf('t.planned_at')} as month,
        (t.state = 'held' and (select count(*) from forum_attendance a where a.run_id = t.id) >= f.quorum
          and (t.minutes is not null or exists (select from action where origin_kind = 'forum-run' and origin_id = t.id)
            or exists (select from decision where origin_kind = 'forum-run' and origin_id = t.id)))::int as n,
        1 as d, t.id as record_id
      from forum_run t join forum f on f.id = t.forum_id join customer c on c.id = t.customer_id
      where t.customer_id = ${stretch.customerId} and ${near('t.planned_at', stretch)} and t.planned_at < ${now}`,
  },
  K76: {
    ...whole,
    records: 'actions',
    topics: ['actions'],
    rows: (stretch, { now }) => sql`
      select t.customer_id, ${nowhere}, ${monthOfDay('t.first_due')} as month,
        coalesce((t.verified_at at time zone c.time_zone)::date <= t.first_due, false)::int as n, 1 as d, t.id as record_id
      from action t join customer c on c.id = t.customer_id
      where t.customer_id = ${stretch.customerId} and t.state <> 'cancelled' and ${daysIn('t.first_due', stretch)}
        and (t.first_due < (${now}::timestamptz at time zone c.time_zone)::date or t.verified_at is not null)`,
  },
  K79: {
    ...whole,
    // Who they are is for who manages them: the figure is for all.
    records: 'stakeholders',
    topics: ['stakeholders'],
    lasting: true,
    rows: (stretch, { now }) => sql`
      select t.customer_id, ${nowhere}, ends.month,
        (coalesce((select max(i.on_day) from stakeholder_interaction i where i.stakeholder_id = t.id and i.on_day < ends.day),
          (t.created_at at time zone c.time_zone)::date) + t.cadence_days >= ends.day)::int as n, 1 as d, null::uuid as record_id
      from stakeholder t join customer c on c.id = t.customer_id
        cross join lateral (select m::date as month,
            least((m + interval '1 month')::date, (${now}::timestamptz at time zone c.time_zone)::date) as day
          from generate_series(${stretch.from}::date::timestamp, ${stretch.to}::date::timestamp - interval '1 month', interval '1 month') m) ends
      where t.customer_id = ${stretch.customerId} and t.cadence_days is not null and ends.day >= ends.month
        and (t.created_at at time zone c.time_zone)::date < ends.day
        and (t.ended_at is null or (t.ended_at at time zone c.time_zone)::date >= ends.day)`,
  },
  K86: {
    records: 'incidents',
    spread: false,
    parts: ['customer', 'site', 'service', 'site-type', 'segment', 'market'],
    topics: ['incidents'],
    // The same words at the same place about the same service within thirty days.
    rows: (stretch) => sql`
      select t.customer_id, t.site_id, t.service_id, null::uuid as team_id, ${monthOf('t.opened_at')} as month,
        coalesce(t.before >= t.opened_at - interval '30 days', false)::int as n, 1 as d, t.id as record_id
      from (select i.id, i.customer_id, i.site_id, i.service_id, i.opened_at,
            lag(i.opened_at) over (partition by i.service_id, i.site_id, hashtextextended(lower(btrim(i.title)), 0)
              order by i.opened_at, i.id) as before
          from incident i where i.customer_id = ${stretch.customerId} and i.state <> 'cancelled'
            and i.opened_at >= ${around(stretch).from}::timestamptz - interval '30 days' and i.opened_at < ${around(stretch).to}) t
        join customer c on c.id = t.customer_id
      where ${near('t.opened_at', stretch)}`,
  },
  K90: {
    ...whole,
    // Who asked to be forgotten is for who forgets them: the figure is for all.
    records: 'erasures',
    topics: ['privacy'],
    // A refusal is the answer, given when it is taken down.
    rows: (stretch, { now }) => sql`
      select t.customer_id, ${nowhere}, ${monthOf('t.due_at')} as month, (t.state = 'refused' or coalesce(t.done_at <= t.due_at, false))::int as n,
        1 as d, null::uuid as record_id
      from erasure t join customer c on c.id = t.customer_id
      where t.customer_id = ${stretch.customerId} and ${near('t.due_at', stretch)} and (t.state <> 'waiting' or t.due_at <= ${now}::timestamptz)`,
  },
}
