import { sql } from 'kysely'
import { countAvailability } from '#modules/availability'
import { countedAsFirst, settledAtFirst } from '#modules/contacts'
import { communicationOf } from '#modules/major-incidents'
import { deliveriesOf } from '#modules/requests'
import {
  around,
  byPlace,
  byService,
  countedRows,
  daysIn,
  monthOf,
  monthsOf,
  near,
  nowhere,
  type Stretch,
  type SummedSource,
  withoutTeam,
  whole,
  type World,
} from './source.ts'

type Service = Awaited<ReturnType<typeof countAvailability>>[number]

/** Promised services, each month by what is known now. */
function available(of: (service: Service) => { readonly n: number; readonly d: number } | null): SummedSource {
  return {
    records: 'services',
    spread: false,
    parts: byService,
    topics: ['availability'],
    lasting: true,
    rows: async (stretch, { db, now }) => {
      const { customerId } = stretch
      const rows = []
      for (const month of monthsOf(stretch)) {
        for (const service of await countAvailability({ db, now }, { customerId, month })) {
          const counted = of(service)
          const id = service.promise.serviceId
          if (counted !== null) rows.push({ month: `${month}-01`, serviceId: id, recordId: id, ...counted })
        }
      }
      return countedRows(customerId, rows)
    },
  }
}

/** Requests that were delivered. `n` and `d` may use the request `t`. */
function delivered(n: string, d: string): SummedSource {
  return {
    records: 'requests',
    spread: false,
    parts: withoutTeam,
    topics: ['requests'],
    rows: (stretch) => sql`
      select t.customer_id, t.site_id, t.service_id, null::uuid as team_id, ${monthOf('t.delivered_at')} as month,
        ${sql.raw(n)} as n, ${sql.raw(d)} as d, t.id as record_id
      from request t join customer c on c.id = t.customer_id
      where t.customer_id = ${stretch.customerId} and t.state in ('delivered', 'confirmed', 'closed') and ${near('t.delivered_at', stretch)}`,
  }
}

/** Whether nobody had a hand in delivering a request `t`. */
export const TOUCHLESS =
  "(not exists (select from request_task w where w.request_id = t.id and (w.kind = 'people' or w.assignee_id is not null)))::int"

const LEAD_MS = 'greatest(0, round(1000 * extract(epoch from t.delivered_at - t.ordered_at)))'

/** What was counted of single records, by their ids, with the place and month of the record. */
function joined(table: 'request' | 'major', { customerId }: Stretch, counts: readonly Count[]) {
  const given = sql`jsonb_to_recordset(${JSON.stringify(counts)}::jsonb) r(id uuid, n int, d int)`
  if (table === 'request') {
    return sql`select t.customer_id, t.site_id, t.service_id, null::uuid as team_id, ${monthOf('t.delivered_at')} as month, r.n, r.d, t.id as record_id
      from ${given} join request t on t.id = r.id join customer c on c.id = t.customer_id where t.customer_id = ${customerId}`
  }
  return sql`select t.customer_id, t.site_id, t.service_id, null::uuid as team_id, ${monthOf('m.declared_at')} as month, r.n, r.d, m.id as record_id
    from ${given} join major_incident m on m.id = r.id join incident t on t.id = m.incident_id
      join customer c on c.id = t.customer_id where m.customer_id = ${customerId}`
}

interface Count {
  readonly id: string
  readonly n: number
  readonly d: number
}

async function onTime(stretch: Stretch, { db }: World) {
  const found = await deliveriesOf({ db }, stretch.customerId, around(stretch))
  return joined(
    'request',
    stretch,
    found.map(({ id, met }) => ({ id, n: met ? 1 : 0, d: 1 })),
  )
}

/** Figures of contacts, requests, major incidents and services that are there. */
export const deskSources: Readonly<Record<string, SummedSource>> = {
  K06: {
    records: 'downtimes',
    spread: true,
    parts: byService,
    topics: ['availability'],
    rows: (stretch) => sql`
      select t.customer_id, null::uuid as site_id, t.service_id, null::uuid as team_id, ${monthOf('t.ended_at')} as month,
        round(1000 * extract(epoch from t.ended_at - t.began_at)) as n, 1 as d, t.id as record_id
      from downtime t join customer c on c.id = t.customer_id
      where t.customer_id = ${stretch.customerId} and t.ended_at is not null and t.severity = 'down'
        and t.exclusion_state is distinct from 'approved' and ${near('t.ended_at', stretch)}`,
  },
  // A service that did not fail has no time between failures; its time up counts where another one failed.
  K07: available(({ agreedSeconds, downSeconds, meanTimes }) => {
    if (agreedSeconds === 0) return null
    const failures = meanTimes === null ? 0 : Math.round(agreedSeconds / meanTimes.betweenOutagesSeconds)
    return { n: Math.round((agreedSeconds - downSeconds) * 1000), d: failures }
  }),
  K08: {
    records: 'contacts',
    spread: false,
    parts: byPlace,
    topics: ['contacts', 'incidents'],
    rows: (stretch) => sql`
      select contact.customer_id, contact.site_id, null::uuid as service_id, null::uuid as team_id,
        ${monthOf('contact.started_at')} as month, (${settledAtFirst})::int as n, 1 as d, contact.id as record_id
      from contact join customer c on c.id = contact.customer_id left join incident on incident.id = contact.incident_id
      where contact.customer_id = ${stretch.customerId} and ${countedAsFirst} and ${near('contact.started_at', stretch)}`,
  },
  K14: {
    records: 'major-incidents',
    spread: false,
    parts: withoutTeam,
    topics: ['major-incidents'],
    rows: async (stretch, { db, now }) => {
      const found = await communicationOf({ db, now }, stretch.customerId, around(stretch))
      return joined(
        'major',
        stretch,
        found.map(({ id, onTime: n, due: d }) => ({ id, n, d })),
      )
    },
  },
  K20: available(({ availability }) => availability && { n: availability.numerator, d: availability.denominator }),
  K30: {
    records: 'contacts',
    spread: false,
    parts: ['customer'],
    topics: ['contacts', 'people'],
    lasting: true,
    // Somebody is known from when they were entered, or from what they reported before that.
    rows: (stretch) => sql`
      select t.customer_id, null::uuid as site_id, null::uuid as service_id, null::uuid as team_id, ${monthOf('t.started_at')} as month,
        1 as n, 0 as d, t.id as record_id
      from contact t join customer c on c.id = t.customer_id
      where t.customer_id = ${stretch.customerId} and ${near('t.started_at', stretch)}
      union all
      (with known as materialized (
        select least(p.created_at, i.opened_at) as since
        from person p left join (select requester_id, min(opened_at) as opened_at from incident
          where requester_id in (select id from person where customer_id = ${stretch.customerId}) group by 1) i on i.requester_id = p.id
        where p.customer_id = ${stretch.customerId})
      select ${stretch.customerId}::uuid, null, null, null, m::date, 0, count(*), null
      from generate_series(${stretch.from}::date::timestamp, ${stretch.to}::date::timestamp - interval '1 month', interval '1 month') m
        join customer c on c.id = ${stretch.customerId}
        join known on known.since < (m + interval '1 month') at time zone c.time_zone
      group by m)`,
  },
  K32: {
    ...whole,
    records: 'searches',
    topics: ['searches'],
    // Only days are kept: nobody's own search is.
    rows: (stretch) => sql`
      select t.customer_id, ${nowhere}, date_trunc('month', t.day)::date as month, t.searches - t.without_result as n, t.searches as d,
        null::uuid as record_id
      from portal_search t where t.customer_id = ${stretch.customerId} and ${daysIn('t.day', stretch)}`,
  },
  // Levels are asked one after the other, so their waits add up.
  K33: delivered(
    `least(${LEAD_MS}, coalesce((select sum(a.wait_ms) from request_approval a where a.request_id = t.id), 0))`,
    LEAD_MS,
  ),
  K35: {
    records: 'requests',
    spread: false,
    parts: withoutTeam,
    topics: ['requests'],
    rows: onTime,
  },
  K36: delivered(TOUCHLESS, '1'),
  K77: {
    records: 'friction-points',
    spread: false,
    parts: withoutTeam,
    topics: ['friction'],
    rows: (stretch) => sql`
      select t.customer_id, t.site_id, t.service_id, null::uuid as team_id, ${monthOf('t.verified_at')} as month,
        t.minutes_year as n, 1 as d, t.id as record_id
      from friction_point t join customer c on c.id = t.customer_id
      where t.customer_id = ${stretch.customerId} and t.state in ('verified', 'closed') and ${near('t.verified_at', stretch)}`,
  },
  K87: {
    records: 'major-incidents',
    spread: false,
    parts: withoutTeam,
    topics: ['major-incidents'],
    // Five working days, Monday to Friday, after the day on which it was over; due in the month of the last of them.
    rows: (stretch, { now }) => sql`
      select m.customer_id, i.site_id, i.service_id, null::uuid as team_id, date_trunc('month', due.day)::date as month,
        coalesce((m.report_issued_at at time zone c.time_zone)::date <= due.day, false)::int as n, 1 as d, m.id as record_id
      from major_incident m join incident i on i.id = m.incident_id join customer c on c.id = m.customer_id
        cross join lateral (select d::date as day
          from generate_series((m.stood_down_at at time zone c.time_zone)::date + interval '1 day',
            (m.stood_down_at at time zone c.time_zone)::date + interval '8 days', interval '1 day') d
          where extract(isodow from d) < 6 order by d offset 4 limit 1) due
      where m.customer_id = ${stretch.customerId} and m.stood_down_at is not null and m.state <> 'dismissed' and ${daysIn('due.day', stretch)}
        and (m.report_issued_at is not null or (due.day + 1)::timestamp at time zone c.time_zone <= ${now}::timestamptz)`,
  },
  K88: {
    records: 'incidents',
    spread: false,
    parts: withoutTeam,
    topics: ['tasks'],
    lasting: true,
    // Who came twice came for the same incident; it counts when the last visit was made.
    rows: (stretch) => sql`
      select i.customer_id, i.site_id, i.service_id, null::uuid as team_id, ${monthOf('t.done_at')} as month,
        (t.visits = 1)::int as n, 1 as d, i.id as record_id
      from (select incident_id, count(*) as visits, max(done_at) as done_at, bool_and(state in ('done', 'failed')) and bool_or(state = 'done') as all_done from incident_task
          where customer_id = ${stretch.customerId} and appointment_from is not null and state <> 'dropped' group by incident_id) t
        join incident i on i.id = t.incident_id join customer c on c.id = i.customer_id
      where t.all_done and ${near('t.done_at', stretch)}`,
  },
}
