import { type RawBuilder, sql } from 'kysely'
import type { Db } from '#platform/context.ts'
import type { addedUpMetrics, MeasurementBasis, Priority } from './agreement.ts'
import type { Grouping } from './api.ts'
import { resultsOf } from './figures.ts'

/** What a figure is narrowed to. Days are the customer's; `to` is the day after the last. */
export interface FigureFilter {
  readonly customer?: string | undefined
  readonly from?: string | undefined
  readonly to?: string | undefined
  readonly priority?: Priority | undefined
  readonly site?: string | undefined
  readonly service?: string | undefined
  readonly team?: string | undefined
}

export interface CountRow {
  readonly key: string
  readonly label: string
  readonly metric: (typeof addedUpMetrics)[number]
  readonly met: number
  readonly failed: number
  readonly excluded: number
}

/** How each grouping is read from a row `m` of months or results; the label is a name that the reader may see. */
export const groupingOf: Record<Grouping, { readonly key: string; readonly label: string }> = {
  customer: { key: 'm.customer_id::text', label: '(select name from customer where id = m.customer_id)' },
  site: { key: "coalesce(m.site_id::text, '')", label: "coalesce((select name from site where id = m.site_id), '')" },
  service: {
    key: "coalesce(m.service_id::text, '')",
    label: "coalesce((select name from service where id = m.service_id), '')",
  },
  team: { key: "coalesce(m.team_id::text, '')", label: "coalesce((select name from team where id = m.team_id), '')" },
  siteType: {
    key: "coalesce((select site_type from site where id = m.site_id), '')",
    label: "coalesce((select site_type from site where id = m.site_id), '')",
  },
  agreementVersion: {
    key: "coalesce(m.agreement_version_id::text, '')",
    label:
      "coalesce((select a.name || ' ' || v.number from agreement_version v join agreement a on a.id = v.agreement_id where v.id = m.agreement_version_id), '')",
  },
  priority: { key: 'm.priority::text', label: 'm.priority::text' },
  month: { key: "to_char(m.month, 'YYYY-MM')", label: "to_char(m.month, 'YYYY-MM')" },
}

/** The columns that a grouping's key and label are made of. */
export const groupedColumn: Record<Grouping, string> = {
  customer: 'm.customer_id',
  site: 'm.site_id',
  service: 'm.service_id',
  team: 'm.team_id',
  siteType: 'm.site_id',
  agreementVersion: 'm.agreement_version_id',
  priority: 'm.priority',
  month: 'm.month',
}

export type Narrowed = FigureFilter & {
  readonly customerId: string | undefined
  /** A customer's role may not read teams, so they are read only where they are asked for. */
  readonly withTeam: boolean
}

/** Counted months where the period is whole months, else the results themselves, in the same form. */
function results(filter: Narrowed): RawBuilder<unknown> {
  const wholeMonths = [filter.from, filter.to].every((day) => day === undefined || day.endsWith('-01'))
  if (!wholeMonths) return sql`(${measured(filter)}) m`
  return sql`(select customer_id, month, metric, priority, site_id, service_id, agreement_version_id, met, failed, excluded ${teamOf('m', filter)}
    from attainment_month m where true ${narrowing(filter)}
    ${filter.from === undefined ? sql`` : sql`and m.month >= ${filter.from}::date`}
    ${filter.to === undefined ? sql`` : sql`and m.month < ${filter.to}::date`}) m`
}

function measured(filter: Narrowed): RawBuilder<unknown> {
  return sql`
    select m.*, date_trunc('month', m.ended_at at time zone u.time_zone)::date as month from (
      select c.*, c.stopped_at as ended_at from (${resultsOf(sql`true`, filter)}) c
      union all
      select i.customer_id, null, null, null, 'reported', i.priority, i.site_id, i.service_id,
        ${sql.raw(filter.withTeam ? 'i.team_id' : 'null::uuid')}, null, i.reported_met::int, (not i.reported_met)::int, 0,
        coalesce(i.resolved_at, i.closed_at)
      from incident i where i.reported_met is not null and coalesce(i.resolved_at, i.closed_at) is not null
    ) m join customer u on u.id = m.customer_id
    where true ${narrowing(filter)} ${within('m.ended_at', filter)}`
}

/** A moment within the filter's days, in the zone of customer `u`. */
export function within(column: string, { from, to }: Pick<FigureFilter, 'from' | 'to'>): RawBuilder<unknown> {
  return sql`
    ${from === undefined ? sql`` : sql`and ${sql.raw(column)} >= ${from}::date::timestamp at time zone u.time_zone`}
    ${to === undefined ? sql`` : sql`and ${sql.raw(column)} < ${to}::date::timestamp at time zone u.time_zone`}`
}

/**
 * Results on another basis than what was resolved: of what was opened in the period, as far as it has ended; or what was
 * missed in it, ended or not, beside what was met in it.
 */
function onBasis(filter: Narrowed, basis: Exclude<MeasurementBasis, 'resolved'>): RawBuilder<unknown> {
  if (basis === 'opened') {
    return sql`(select m.*, date_trunc('month', m.opened_at at time zone u.time_zone)::date as month from (
      select c.*, i.opened_at from (${resultsOf(sql`true`, filter, 'c.incident_id')}) c join incident i on i.id = c.incident_id
    ) m join customer u on u.id = m.customer_id where true ${narrowing(filter)} ${within('m.opened_at', filter)}) m`
  }
  return sql`(select m.*, date_trunc('month', m.at at time zone u.time_zone)::date as month from (
      select c.customer_id, c.metric, c.priority, c.site_id, c.service_id, c.agreement_version_id ${teamOf('c', filter)},
        case when c.breached_at is null then c.stopped_at else c.breached_at end as at,
        (c.state = 'met' and c.exclusion is null)::int as met, (c.breached_at is not null and c.exclusion is null)::int as failed,
        (c.exclusion is not null)::int as excluded
      from clock c where c.state = 'met' or c.state in ('breached-running', 'breached-stopped')
    ) m join customer u on u.id = m.customer_id where true ${narrowing(filter)} ${within('m.at', filter)}) m`
}

/** Counts results by group and metric. */
export async function countBy(
  db: Db,
  filter: Narrowed,
  groupBy: Grouping,
  basis: MeasurementBasis = 'resolved',
): Promise<CountRow[]> {
  const { key, label } = groupingOf[groupBy]
  const source = basis === 'resolved' ? results(filter) : onBasis(filter, basis)
  const { rows } = await sql<CountRow>`
    select key, ${sql.raw(`(array_agg(label))[1]`)} as label, metric, sum(met)::int as met, sum(failed)::int as failed, sum(excluded)::int as excluded
    from (
      select ${sql.raw(key)} as key, ${sql.raw(label)} as label, m.metric, sum(m.met) as met, sum(m.failed) as failed, sum(m.excluded) as excluded
      from ${source} group by ${sql.raw(groupedColumn[groupBy])}, m.metric
    ) counted
    group by key, metric`.execute(db)
  return rows
}

/** Resolutions that were open and missed already when the period ended, by group. */
export async function countOpenBreached(db: Db, filter: Narrowed, groupBy: Grouping): Promise<Map<string, number>> {
  const { key } = groupingOf[groupBy]
  const end =
    filter.to === undefined ? sql`` : sql`and m.breached_at < ${filter.to}::date::timestamp at time zone u.time_zone`
  const { rows } = await sql<{ key: string; count: number }>`
    select key, sum(count)::int as count from (
      select ${sql.raw(key)} as key, count(*) as count from (
        select m.*, date_trunc('month', m.breached_at at time zone u.time_zone)::date as month from (
          select c.customer_id, c.priority, c.site_id, c.service_id, c.agreement_version_id, c.breached_at ${teamOf('c', filter)}
          from clock c where c.state = 'breached-running' and c.metric = 'resolution' and c.exclusion is null
        ) m join customer u on u.id = m.customer_id where true ${narrowing(filter)} ${end}
        union all
        select m.*, date_trunc('month', m.breached_at at time zone u.time_zone)::date as month from (
          select c.customer_id, c.priority, c.site_id, c.service_id, c.agreement_version_id, c.breached_at ${teamOf('c', filter)}
          from clock c join customer u on u.id = c.customer_id
          where c.state = 'breached-stopped' and c.metric = 'resolution' and c.exclusion is null and ${filter.to === undefined ? sql`false` : sql`c.stopped_at >= ${filter.to}::date::timestamp at time zone u.time_zone`}
        ) m join customer u on u.id = m.customer_id where true ${narrowing(filter)} ${end}
      ) m group by ${sql.raw(groupedColumn[groupBy])}
    ) counted group by key`.execute(db)
  return new Map(rows.map(({ key: group, count }) => [group, count]))
}

export function teamOf(alias: string, { withTeam }: Narrowed): RawBuilder<unknown> {
  return withTeam ? sql.raw(`, ${alias}.team_id`) : sql``
}

export function narrowing({ customerId, priority, site, service, team }: Narrowed): RawBuilder<unknown> {
  return sql`
    ${customerId === undefined ? sql`` : sql`and m.customer_id = ${customerId}`}
    ${priority === undefined ? sql`` : sql`and m.priority = ${priority}::priority`}
    ${site === undefined ? sql`` : sql`and m.site_id = ${site}`}
    ${service === undefined ? sql`` : sql`and m.service_id = ${service}`}
    ${team === undefined ? sql`` : sql`and m.team_id = ${team}`}`
}

export function tallyOf(rows: readonly CountRow[], metric: CountRow['metric']) {
  let met = 0
  let failed = 0
  let excluded = 0
  for (const row of rows) {
    if (row.metric !== metric) continue
    met += row.met
    failed += row.failed
    excluded += row.excluded
  }
  const denominator = met + failed
  return { met, failed, excluded, attainment: denominator === 0 ? null : { numerator: met, denominator } }
}
