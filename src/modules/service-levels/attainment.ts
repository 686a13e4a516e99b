import { type RawBuilder, sql } from 'kysely'
import { barredFromInside, require } from '#core/may.ts'
import { excludesMany } from '#core/period.ts'
import { requireCustomer } from '#modules/customers'
import type { Context, Db } from '#platform/context.ts'
import { keyOf, pageFrom } from '#platform/paging.ts'
import type { Metric, Priority, PromisedMetric } from './agreement.ts'
import type { AttainmentCase, AttainmentGroup, AttainmentReport, Grouping, Target, verdicts } from './api.ts'
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

interface CountRow {
  readonly key: string
  readonly label: string
  readonly metric: PromisedMetric | 'next-update-gaps' | 'reported'
  readonly met: number
  readonly failed: number
  readonly excluded: number
}

/** How each grouping is read from a row `m` of months or results; the label is a name that the reader may see. */
const groupingOf: Record<Grouping, { readonly key: string; readonly label: string }> = {
  customer: { key: 'm.customer_id::text', label: '(select name from customer where id = m.customer_id)' },
  site: { key: "coalesce(m.site_id::text, '')", label: "coalesce((select name from site where id = m.site_id), '')" },
  service: {
    key: "coalesce(m.service_id::text, '')",
    label: "coalesce((select name from service where id = m.service_id), '')",
  },
  team: { key: "coalesce(m.team_id::text, '')", label: "coalesce((select name from team where id = m.team_id), '')" },
  priority: { key: 'm.priority::text', label: 'm.priority::text' },
  month: { key: "to_char(m.month, 'YYYY-MM')", label: "to_char(m.month, 'YYYY-MM')" },
}

/** Met and failed by group, of what was resolved in the period (DOMAIN §3.3). */
export async function reportAttainment(
  context: Context,
  { groupBy, durations, ...filter }: FigureFilter & { readonly groupBy: Grouping; readonly durations: boolean },
): Promise<AttainmentReport> {
  const { db, actor } = context
  if (groupBy === 'team' || filter.team !== undefined) require(barredFromInside(actor))
  const customer = filter.customer === undefined ? null : await requireCustomer(db, filter.customer)
  const narrowed = { ...filter, customerId: customer?.id, withTeam: groupBy === 'team' || filter.team !== undefined }
  const { key, label } = groupingOf[groupBy]
  const { rows } = await sql<CountRow>`
    select key, ${sql.raw(`(array_agg(label))[1]`)} as label, metric, sum(met)::int as met, sum(failed)::int as failed, sum(excluded)::int as excluded
    from (
      select ${sql.raw(key)} as key, ${sql.raw(label)} as label, m.metric, sum(m.met) as met, sum(m.failed) as failed, sum(m.excluded) as excluded
      from ${results(narrowed)} group by ${sql.raw(groupedColumn[groupBy])}, m.metric
    ) counted
    group by key, metric`.execute(db)
  const times = durations ? await resolutionTimes(db, narrowed, groupBy) : new Map<string, ResolutionTime>()
  const targets = groupBy === 'priority' && customer !== null ? await currentTargets(context, customer.id) : []
  const keys = [...new Set(rows.map((row) => row.key))].toSorted()
  const groups = keys.map((each) =>
    groupOf(
      each,
      rows.filter((row) => row.key === each),
      { targets: targets.filter((target) => target.priority === each), time: times.get(each) },
    ),
  )
  const total = groupOf('total', rows, { targets: [], time: times.get('total') })
  return {
    basis: 'resolved-in-period',
    from: filter.from ?? null,
    to: filter.to ?? null,
    timeZone: customer?.timeZone ?? 'UTC',
    groups,
    total,
    manyExcluded: excludesMany(total),
    adjustments: await sumAdjustments(db, narrowed),
  }
}

/** What was entered in the period about locked ones. */
async function sumAdjustments(db: Db, filter: Narrowed): Promise<AttainmentReport['adjustments']> {
  const { rows } = await sql<{ metric: string; entries: number; met: number; failed: number; excluded: number }>`
    select m.metric, count(*)::int as entries, sum(m.met)::int as met, sum(m.failed)::int as failed, sum(m.excluded)::int as excluded
    from adjustment m join customer u on u.id = m.customer_id
    where true ${narrowing(filter)}
      ${filter.from === undefined ? sql`` : sql`and m.created_at >= ${filter.from}::date::timestamp at time zone u.time_zone`}
      ${filter.to === undefined ? sql`` : sql`and m.created_at < ${filter.to}::date::timestamp at time zone u.time_zone`}
    group by m.metric`.execute(db)
  const shiftOf = (metric: Metric) => {
    const { met = 0, failed = 0, excluded = 0 } = rows.find((row) => row.metric === metric) ?? {}
    return { met, failed, excluded }
  }
  return {
    entries: rows.reduce((sum, { entries }) => sum + entries, 0),
    response: shiftOf('response'),
    resolution: shiftOf('resolution'),
  }
}

/** The columns that a grouping's key and label are made of. */
const groupedColumn: Record<Grouping, string> = {
  customer: 'm.customer_id',
  site: 'm.site_id',
  service: 'm.service_id',
  team: 'm.team_id',
  priority: 'm.priority',
  month: 'm.month',
}

type Narrowed = FigureFilter & {
  readonly customerId: string | undefined
  /** A customer's role may not read teams, so they are read only where they are asked for. */
  readonly withTeam: boolean
}

/** Counted months where the period is whole months, else the results themselves, in the same form. */
function results(filter: Narrowed): RawBuilder<unknown> {
  const wholeMonths = [filter.from, filter.to].every((day) => day === undefined || day.endsWith('-01'))
  if (!wholeMonths) return sql`(${measured(filter)}) m`
  return sql`(select customer_id, month, metric, priority, site_id, service_id, met, failed, excluded ${teamOf('m', filter)}
    from attainment_month m where true ${narrowing(filter)}
    ${filter.from === undefined ? sql`` : sql`and m.month >= ${filter.from}::date`}
    ${filter.to === undefined ? sql`` : sql`and m.month < ${filter.to}::date`}) m`
}

function measured(filter: Narrowed): RawBuilder<unknown> {
  const moment = (column: string) => sql`
    ${filter.from === undefined ? sql`` : sql`and ${sql.raw(column)} >= ${filter.from}::date::timestamp at time zone u.time_zone`}
    ${filter.to === undefined ? sql`` : sql`and ${sql.raw(column)} < ${filter.to}::date::timestamp at time zone u.time_zone`}`
  return sql`
    select m.*, date_trunc('month', m.ended_at at time zone u.time_zone)::date as month from (
      select c.customer_id, c.priority, c.site_id, c.service_id, c.metric, c.stopped_at as ended_at, c.met, c.failed, c.excluded
        ${teamOf('c', filter)}
      from (${resultsOf(sql`true`, filter)}) c
      union all
      select i.customer_id, i.priority, i.site_id, i.service_id, 'reported', coalesce(i.resolved_at, i.closed_at),
        i.reported_met::int, (not i.reported_met)::int, 0 ${teamOf('i', filter)}
      from incident i where i.reported_met is not null and coalesce(i.resolved_at, i.closed_at) is not null
    ) m join customer u on u.id = m.customer_id
    where true ${narrowing(filter)} ${moment('m.ended_at')}`
}

function teamOf(alias: string, { withTeam }: Narrowed): RawBuilder<unknown> {
  return withTeam ? sql.raw(`, ${alias}.team_id`) : sql``
}

function narrowing({ customerId, priority, site, service, team }: Narrowed): RawBuilder<unknown> {
  return sql`
    ${customerId === undefined ? sql`` : sql`and m.customer_id = ${customerId}`}
    ${priority === undefined ? sql`` : sql`and m.priority = ${priority}::priority`}
    ${site === undefined ? sql`` : sql`and m.site_id = ${site}`}
    ${service === undefined ? sql`` : sql`and m.service_id = ${service}`}
    ${team === undefined ? sql`` : sql`and m.team_id = ${team}`}`
}

interface ResolutionTime {
  readonly count: number
  readonly medianSeconds: number
}

/** Median of opening to resolution, elapsed time, by group and in all; only incidents whose resolution has a moment. */
async function resolutionTimes(db: Db, filter: Narrowed, groupBy: Grouping): Promise<Map<string, ResolutionTime>> {
  const { key } = groupingOf[groupBy]
  const { rows } = await sql<ResolutionTime & { readonly key: string | null }>`
    select case when grouping(${sql.raw(groupedColumn[groupBy])}) = 0 then ${sql.raw(key)} end as key, count(*)::int as count,
      percentile_cont(0.5) within group (order by extract(epoch from m.resolved_at - m.opened_at))::float8 as "medianSeconds"
    from (
      select m.*, date_trunc('month', m.resolved_at at time zone u.time_zone)::date as month
      from (
        select customer_id, priority, site_id, service_id, opened_at, resolved_at ${teamOf('incident', filter)}
        from incident where resolved_at is not null
      ) m join customer u on u.id = m.customer_id
      where true ${narrowing(filter)}
        ${filter.from === undefined ? sql`` : sql`and m.resolved_at >= ${filter.from}::date::timestamp at time zone u.time_zone`}
        ${filter.to === undefined ? sql`` : sql`and m.resolved_at < ${filter.to}::date::timestamp at time zone u.time_zone`}
    ) m
    group by grouping sets ((${sql.raw(groupedColumn[groupBy])}), ())
    having count(*) > 0`.execute(db)
  return new Map(rows.map(({ key: group, count, medianSeconds }) => [group ?? 'total', { count, medianSeconds }]))
}

/** The targets that hold now for a customer; none where several agreements hold beside each other. */
async function currentTargets({ db, now }: Context, customerId: string): Promise<Target[]> {
  const rows = await db
    .selectFrom('agreementVersion')
    .innerJoin('target', 'target.agreementVersionId', 'agreementVersion.id')
    .select(['agreementVersion.id', 'target.metric', 'target.priority', 'target.targetSeconds', 'target.attainmentBp'])
    .where('agreementVersion.customerId', '=', customerId)
    .where('agreementVersion.state', '=', 'active')
    .where((where) =>
      where.or([where('agreementVersion.validTo', 'is', null), where('agreementVersion.validTo', '>', now)]),
    )
    .execute()
  if (new Set(rows.map(({ id }) => id)).size !== 1) return []
  return rows.map(({ metric, priority, targetSeconds, attainmentBp }) => ({
    metric: metric as PromisedMetric,
    priority: priority as Priority,
    targetSeconds,
    attainmentBp,
  }))
}

function groupOf(
  key: string,
  rows: readonly CountRow[],
  { targets, time }: { readonly targets: Target[]; readonly time: ResolutionTime | undefined },
): AttainmentGroup {
  const response = tallyOf(rows, 'response')
  const resolution = tallyOf(rows, 'resolution')
  const reported = tallyOf(rows, 'reported')
  const restore = tallyOf(rows, 'restore')
  const update = tallyOf(rows, 'next-update')
  return {
    key,
    // All of them together have no name of one of them.
    label: key === 'total' ? '' : (rows[0]?.label ?? key),
    ...resolution,
    byMetric: {
      response,
      resolution,
      ...(isThere(restore) && { restore }),
      ...(isThere(update) && { 'next-update': { ...update, gaps: tallyOf(rows, 'next-update-gaps') } }),
    },
    reported: reported.attainment === null ? null : { met: reported.met, failed: reported.failed },
    targets,
    resolutionTime: time ?? null,
  }
}

function isThere({
  met,
  failed,
  excluded,
}: {
  readonly met: number
  readonly failed: number
  readonly excluded: number
}): boolean {
  return met + failed + excluded > 0
}

function tallyOf(rows: readonly CountRow[], metric: CountRow['metric']) {
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

/** From this share of the target on, what was met was met narrowly: basis points. */
const NEAR_FROM_BP = 7500

export interface CaseFilter extends FigureFilter {
  readonly metric: PromisedMetric
  readonly verdict: (typeof verdicts)[number]
  readonly limit: number
  readonly cursor?: string | undefined
}

/** The measured incidents under a figure, the latest first. */
export async function listAttainmentCases(
  { db, actor }: Context,
  { metric, verdict, limit, cursor, ...filter }: CaseFilter,
): Promise<{ items: AttainmentCase[]; nextCursor: string | null }> {
  if (filter.team !== undefined) require(barredFromInside(actor))
  const after = keyOf(cursor, ['moment', 'id'])
  const customerId = filter.customer === undefined ? undefined : (await requireCustomer(db, filter.customer)).id
  const verdictIs = {
    met: sql`and c.state = 'met' and c.exclusion is null`,
    failed: sql`and c.state = 'breached-stopped' and c.exclusion is null`,
    near: sql`and c.state = 'met' and c.exclusion is null and c.elapsed_ms * 10000 >= c.target_ms * ${sql.lit(NEAR_FROM_BP)}`,
    excluded: sql`and c.exclusion is not null`,
    all: sql``,
  }[verdict]
  const { rows } = await sql<Omit<AttainmentCase, 'exclusion'> & CaseKey>`
    select i.id as "incidentId", c.id as "clockId", i.number, i.title, c.metric, c.priority, c.state, c.started_at as "startedAt",
      c.due_at as "dueAt", c.stopped_at as "stoppedAt", c.target_ms / 1000 as "targetSeconds",
      c.elapsed_ms / 1000.0::float8 as "elapsedSeconds", i.reported_met as "reportedMet", c.exclusion, c.stopped_at::text as "stoppedKey"
    from clock c join incident i on i.id = c.incident_id join customer u on u.id = c.customer_id
    where c.stopped_at is not null and c.state in ('met', 'breached-stopped') and c.metric = ${metric} ${verdictIs}
      ${customerId === undefined ? sql`` : sql`and c.customer_id = ${customerId}`}
      ${filter.priority === undefined ? sql`` : sql`and c.priority = ${filter.priority}::priority`}
      ${filter.site === undefined ? sql`` : sql`and c.site_id = ${filter.site}`}
      ${filter.service === undefined ? sql`` : sql`and c.service_id = ${filter.service}`}
      ${filter.team === undefined ? sql`` : sql`and c.team_id = ${filter.team}`}
      ${filter.from === undefined ? sql`` : sql`and c.stopped_at >= ${filter.from}::date::timestamp at time zone u.time_zone`}
      ${filter.to === undefined ? sql`` : sql`and c.stopped_at < ${filter.to}::date::timestamp at time zone u.time_zone`}
      ${after === undefined ? sql`` : sql`and (c.stopped_at, c.id) < (${after[0]}::timestamptz, ${after[1]}::uuid)`}
    order by c.stopped_at desc, c.id desc limit ${limit + 1}`.execute(db)
  const { items, nextCursor } = pageFrom(rows, limit, ({ stoppedKey, clockId }) => [stoppedKey, clockId])
  return {
    items: items.map(({ stoppedKey: _key, exclusion, ...item }) => ({ ...item, exclusion: exclusionOf(exclusion) })),
    nextCursor,
  }
}

interface CaseKey {
  readonly stoppedKey: string
  readonly exclusion: unknown
}

/** As stored, `{ reason, approvedBy }`; what an older hand or another program left out is null. */
function exclusionOf(stored: unknown): AttainmentCase['exclusion'] {
  if (typeof stored !== 'object' || stored === null) return null
  const { reason, approvedBy } = stored as Readonly<Record<string, unknown>>
  return {
    reason: typeof reason === 'string' ? reason : null,
    approvedBy: typeof approvedBy === 'string' ? approvedBy : null,
  }
}
