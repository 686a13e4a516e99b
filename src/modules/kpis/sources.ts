import { type RawBuilder, sql } from 'kysely'
import { MOST_LOST_MINUTES } from '#core/lost-time.ts'

/** What a figure may be told apart by, beside the whole customer. */
export const parts = ['customer', 'site', 'service', 'team', 'site-type'] as const
export type Part = (typeof parts)[number]

/** Months from the first to before the last, of one customer. */
export interface Stretch {
  readonly customerId: string
  /** First days. */
  readonly from: string
  readonly to: string
}

/** Where the records of a figure are found; a person opens them there. */
export type RecordKind = 'results' | 'incidents' | 'downtimes' | 'major-incidents' | 'escalations' | 'answers'

export interface KpiSource {
  readonly records: RecordKind
  /** Whether median and ninth decile belong beside it. */
  readonly spread: boolean
  /** What it can be told apart by. */
  readonly parts: readonly Part[]
  /**
   * A row for each record, or for several at once: customer_id, month, site_id, service_id, team_id, numerator n, denominator
   * d, and record_id where it is one record.
   */
  readonly rows: (stretch: Stretch) => RawBuilder<unknown>
}

const everywhere: readonly Part[] = ['customer', 'site', 'service', 'team', 'site-type']
const felt: readonly Part[] = ['customer', 'site', 'service']

const place = sql.raw('t.customer_id, t.site_id, t.service_id, t.team_id')

function monthOf(column: string): RawBuilder<unknown> {
  return sql.raw(`date_trunc('month', ${column} at time zone c.time_zone)::date`)
}

/** Moments that may lie in the months, in whatever zone. */
function near(column: string, { from, to }: Stretch): RawBuilder<unknown> {
  const moment = sql.raw(column)
  return sql`${moment} >= ${from}::date - interval '1 day' and ${moment} < ${to}::date + interval '1 day'`
}

/** Incidents by the month in which something happened to them. */
function incidents(at: string, n: string, d: string, where = 'true'): KpiSource['rows'] {
  return (stretch) => sql`
    select ${place}, ${monthOf(`t.${at}`)} as month, ${sql.raw(n)} as n, ${sql.raw(d)} as d, t.id as record_id
    from incident t join customer c on c.id = t.customer_id
    where t.customer_id = ${stretch.customerId} and t.state <> 'cancelled' and ${near(`t.${at}`, stretch)} and ${sql.raw(where)}`
}

/** Met and measured results, as they are counted by month. */
function attained(metric: string): KpiSource {
  return {
    records: 'results',
    spread: false,
    parts: everywhere,
    rows: ({ customerId }) => sql`
      select ${place}, t.month, t.met as n, t.met + t.failed as d, null::uuid as record_id
      from attainment_month t where t.customer_id = ${customerId} and t.metric = ${metric} and t.met + t.failed > 0`,
  }
}

/** Service time that clocks of a metric took. */
function taken(metric: string): KpiSource {
  return {
    records: 'incidents',
    spread: true,
    parts: everywhere,
    rows: (stretch) => sql`
      select ${place}, ${monthOf('t.stopped_at')} as month, t.elapsed_ms as n, 1 as d, t.incident_id as record_id
      from clock t join customer c on c.id = t.customer_id
      where t.customer_id = ${stretch.customerId} and t.metric = ${metric} and t.state in ('met', 'breached-stopped')
        and t.exclusion is null and ${near('t.stopped_at', stretch)}`,
  }
}

/** Answers on a scale. */
function answered(scale: string, n: string): KpiSource {
  return {
    records: 'answers',
    spread: false,
    parts: felt,
    rows: ({ customerId }) => sql`
      select t.customer_id, t.site_id, t.service_id, null::uuid as team_id, t.month, ${sql.raw(n)} as n, 1 as d, null::uuid as record_id
      from answer t where t.customer_id = ${customerId} and t.scale = ${scale}`,
  }
}

/** How each figure that is computed is computed. */
export const sources: Readonly<Record<string, KpiSource>> = {
  K01: attained('resolution'),
  K02: attained('response'),
  K03: attained('next-update-gaps'),
  K04: taken('response'),
  K05: taken('resolution'),
  K06: {
    records: 'downtimes',
    spread: true,
    parts: ['customer', 'service'],
    rows: (stretch) => sql`
      select t.customer_id, null::uuid as site_id, t.service_id, null::uuid as team_id, ${monthOf('t.ended_at')} as month,
        round(1000 * extract(epoch from t.ended_at - t.began_at)) as n, 1 as d, t.id as record_id
      from downtime t join customer c on c.id = t.customer_id
      where t.customer_id = ${stretch.customerId} and t.ended_at is not null and t.severity = 'down'
        and t.exclusion_state is distinct from 'approved' and ${near('t.ended_at', stretch)}`,
  },
  K09: {
    records: 'incidents',
    spread: false,
    parts: everywhere,
    rows: incidents(
      'resolved_at',
      "(t.hop_count = 0 and exists (select from team where team.id = t.team_id and team.kind = 'desk'))::int",
      '1',
    ),
  },
  K10: {
    records: 'incidents',
    spread: false,
    parts: everywhere,
    rows: incidents('resolved_at', '(t.reopen_count > 0)::int', '1'),
  },
  K11: { records: 'incidents', spread: false, parts: everywhere, rows: incidents('resolved_at', 't.hop_count', '1') },
  K12: {
    records: 'incidents',
    spread: true,
    parts: everywhere,
    // Open at the end of each month that is over.
    rows: (stretch) => sql`
      select ${place}, ends.month, round(1000 * extract(epoch from ends.at - t.opened_at)) as n, 1 as d, t.id as record_id
      from customer c
        cross join lateral (select m::date as month, (m + interval '1 month') at time zone c.time_zone as at
          from generate_series(${stretch.from}::date::timestamp, ${stretch.to}::date::timestamp - interval '1 month', interval '1 month') m) ends
        join incident t on t.customer_id = c.id and t.opened_at < ends.at and t.state <> 'cancelled'
          and (coalesce(t.resolved_at, t.closed_at) is null or coalesce(t.resolved_at, t.closed_at) >= ends.at)
      where c.id = ${stretch.customerId}`,
  },
  K13: {
    records: 'major-incidents',
    spread: false,
    parts: ['customer', 'site', 'service'],
    rows: (stretch) => sql`
      select t.customer_id, t.site_id, t.service_id, null::uuid as team_id, ${monthOf('m.declared_at')} as month, 1 as n, 1 as d, m.id as record_id
      from major_incident m join incident t on t.id = m.incident_id join customer c on c.id = t.customer_id
      where t.customer_id = ${stretch.customerId} and m.state <> 'dismissed' and ${near('m.declared_at', stretch)}`,
  },
  K21: answered('csat', '(t.score >= 4)::int'),
  K22: answered('nps', '(t.score >= 9)::int - (t.score <= 6)::int'),
  K23: answered('ces', '(t.score >= 5)::int'),
  K24: {
    records: 'answers',
    spread: true,
    parts: felt,
    rows: ({ customerId }) => sql`
      select t.customer_id, t.site_id, t.service_id, null::uuid as team_id, t.month,
        60000 * least(t.lost_minutes, ${sql.lit(MOST_LOST_MINUTES)}) as n, 1 as d, null::uuid as record_id
      from answer t where t.customer_id = ${customerId} and t.lost_minutes is not null`,
  },
  K26: {
    records: 'answers',
    spread: false,
    parts: felt,
    rows: ({ customerId }) => sql`
      select i.customer_id, i.site_id, i.service_id, null::uuid as team_id, i.month, 0 as n, 1 as d, null::uuid as record_id
      from survey_invitation i where i.customer_id = ${customerId}
      union all
      select t.customer_id, t.site_id, t.service_id, null::uuid, t.month, 1, 0, null::uuid from survey_answer t
      where t.customer_id = ${customerId}
      union all
      select t.customer_id, t.site_id, t.service_id, null::uuid, t.month, 1, 0, null::uuid from anonymous_answer t
      where t.customer_id = ${customerId} and t.site_id is null and t.service_id is null`,
  },
  K31: {
    records: 'incidents',
    spread: false,
    parts: everywhere,
    rows: incidents('opened_at', "(t.channel = 'portal')::int", '1', 't.channel is not null'),
  },
  K80: {
    records: 'escalations',
    spread: false,
    parts: everywhere,
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
