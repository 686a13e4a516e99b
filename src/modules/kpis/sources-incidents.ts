import { sql } from 'kysely'
import { everywhere, monthOf, near, place, type SummedSource, withoutTeam } from './source.ts'

/** Incidents by the month in which something happened to them. */
function incidents(at: 'opened_at' | 'resolved_at', n: string, d: string, where = 'true'): SummedSource {
  return {
    records: 'incidents',
    spread: false,
    parts: everywhere,
    topics: ['incidents'],
    rows: (stretch) => sql`
      select ${place}, ${monthOf(`t.${at}`)} as month, ${sql.raw(n)} as n, ${sql.raw(d)} as d, t.id as record_id
      from incident t join customer c on c.id = t.customer_id
      where t.customer_id = ${stretch.customerId} and t.state <> 'cancelled' and ${near(`t.${at}`, stretch)} and ${sql.raw(where)}`,
  }
}

/** Met and measured results, as they are counted by month. */
function attained(metric: string): SummedSource {
  return {
    records: 'results',
    spread: false,
    parts: everywhere,
    topics: ['results'],
    rows: ({ customerId, from, to }) => sql`
      select ${place}, t.month, t.met as n, t.met + t.failed as d, null::uuid as record_id
      from attainment_month t where t.customer_id = ${customerId} and t.metric = ${metric} and t.met + t.failed > 0
        and t.month >= ${from}::date and t.month < ${to}::date`,
  }
}

/** Service time that clocks of a metric took. */
function taken(metric: string): SummedSource {
  return {
    records: 'incidents',
    spread: true,
    parts: everywhere,
    topics: ['clocks'],
    rows: (stretch) => sql`
      select ${place}, ${monthOf('t.stopped_at')} as month, t.elapsed_ms as n, 1 as d, t.incident_id as record_id
      from clock t join customer c on c.id = t.customer_id
      where t.customer_id = ${stretch.customerId} and t.metric = ${metric} and t.state in ('met', 'breached-stopped')
        and t.exclusion is null and ${near('t.stopped_at', stretch)}`,
  }
}

/** Figures of incidents, their clocks and what is made of them. */
export const incidentSources: Readonly<Record<string, SummedSource>> = {
  K01: attained('resolution'),
  K02: attained('response'),
  K03: attained('next-update-gaps'),
  K04: taken('response'),
  K05: taken('resolution'),
  K09: incidents(
    'resolved_at',
    "(t.hop_count = 0 and exists (select from team where team.id = t.team_id and team.kind = 'desk'))::int",
    '1',
  ),
  K10: incidents('resolved_at', '(t.reopen_count > 0)::int', '1'),
  K11: incidents('resolved_at', 't.hop_count', '1'),
  K12: {
    records: 'incidents',
    spread: true,
    parts: everywhere,
    topics: ['incidents'],
    lasting: true,
    // Open at the end of each month: those resolved in the month in which they were opened never were.
    rows: (stretch) => sql`
      select ${place}, ends.month, round(1000 * extract(epoch from ends.at - t.opened_at)) as n, 1 as d, t.id as record_id
      from customer c join (
          select o.*, o.resolved_at as ended_at from incident o where o.customer_id = ${stretch.customerId}
            and o.resolved_at >= ${stretch.from}::date - interval '1 day' and o.state <> 'cancelled'
          union all select o.*, o.closed_at from incident o
          where o.customer_id = ${stretch.customerId} and o.resolved_at is null and o.state <> 'cancelled'
        ) t on t.customer_id = c.id
        cross join lateral (select m::date as month, (m + interval '1 month') at time zone c.time_zone as at
          from generate_series(greatest(${stretch.from}::date::timestamp, date_trunc('month', t.opened_at at time zone c.time_zone)),
            least(${stretch.to}::date::timestamp - interval '1 month', t.ended_at at time zone c.time_zone), interval '1 month') m) ends
      where t.opened_at < ends.at and (t.ended_at is null or t.ended_at >= ends.at)`,
  },
  K13: {
    records: 'major-incidents',
    spread: false,
    parts: withoutTeam,
    topics: ['major-incidents'],
    rows: (stretch) => sql`
      select t.customer_id, t.site_id, t.service_id, null::uuid as team_id, ${monthOf('m.declared_at')} as month, 1 as n, 1 as d, m.id as record_id
      from major_incident m join incident t on t.id = m.incident_id join customer c on c.id = t.customer_id
      where t.customer_id = ${stretch.customerId} and m.state <> 'dismissed' and ${near('m.declared_at', stretch)}`,
  },
  // Counted from the month on in which one was first traced to a change: before, nobody said so, which is not nothing.
  K18: {
    ...incidents(
      'opened_at',
      '(t.caused_by_change is not null)::int',
      '1',
      `date_trunc('month', t.opened_at at time zone c.time_zone) >= (select date_trunc('month', min(f.opened_at) at time zone c.time_zone)
        from incident f where f.customer_id = t.customer_id and f.caused_by_change is not null and f.state <> 'cancelled')`,
    ),
    lasting: true,
  },
  K31: incidents('opened_at', "(t.channel = 'portal')::int", '1', 't.channel is not null'),
  K80: {
    records: 'escalations',
    spread: false,
    parts: everywhere,
    topics: ['incidents', 'escalations'],
    rows: (stretch) => sql`
      select ${place}, ${monthOf('t.opened_at')} as month, 0 as n, 1 as d, null::uuid as record_id
      from incident t join customer c on c.id = t.customer_id
      where t.customer_id = ${stretch.customerId} and t.state <> 'cancelled' and ${near('t.opened_at', stretch)}
      union all
      select ${place}, ${monthOf('e.raised_at')}, 1, 0, e.id
      from escalation e join incident t on t.id = e.incident_id join customer c on c.id = t.customer_id
      where t.customer_id = ${stretch.customerId} and e.state <> 'withdrawn' and ${near('e.raised_at', stretch)}`,
  },
}
