import { sql } from 'kysely'
import { uncertainty } from '#core/attainment.ts'
import { barredFromInside, require } from '#core/may.ts'
import { excludesMany } from '#core/period.ts'
import { requireCustomer } from '#modules/customers'
import { counting } from '#platform/confidential.ts'
import type { Context, Db } from '#platform/context.ts'
import type { Metric, Priority, PromisedMetric } from './agreement.ts'
import type { AttainmentGroup, AttainmentReport, Grouping, Target } from './api.ts'
import { agreedOf } from './attainment-agreed.ts'
import { countFulfilled } from './attainment-fulfilment.ts'
import {
  countBy,
  countOpenBreached,
  type CountRow,
  type FigureFilter,
  groupedColumn,
  groupingOf,
  type Narrowed,
  narrowing,
  tallyOf,
  teamOf,
  within,
} from './attainment-query.ts'

interface ReportFilter extends FigureFilter {
  readonly groupBy: Grouping
  readonly durations: boolean
}

/** Met and failed by group, of what was resolved in the period (DOMAIN §3.3), with what few may know of. */
export async function reportAttainment(context: Context, filter: ReportFilter): Promise<AttainmentReport> {
  return counting(context.db, () => countReport(context, filter))
}

async function countReport(
  context: Context,
  { groupBy, durations, ...filter }: ReportFilter,
): Promise<AttainmentReport> {
  const { db, actor } = context
  if (groupBy === 'team' || filter.team !== undefined) require(barredFromInside(actor))
  const customer = filter.customer === undefined ? null : await requireCustomer(db, filter.customer)
  const narrowed = { ...filter, customerId: customer?.id, withTeam: groupBy === 'team' || filter.team !== undefined }
  const rows = await countBy(db, narrowed, groupBy)
  const times = durations ? await resolutionTimes(db, narrowed, groupBy) : new Map<string, ResolutionTime>()
  const targets = groupBy === 'priority' && customer !== null ? await currentTargets(context, customer.id) : []
  const open = await countOpenBreached(db, narrowed, groupBy)
  const agreed = await agreedOf(context, { filter: narrowed, groupBy, rows })
  const fulfilled = await countFulfilled(db, narrowed, groupBy)
  const inside = barredFromInside(actor) === null
  const keys = [
    ...new Set([
      ...rows.map((row) => row.key),
      ...open.keys(),
      ...[...fulfilled.keys()].filter((key) => key !== 'total'),
    ]),
  ].toSorted()
  const groups = keys.map((each) =>
    groupOf(
      each,
      rows.filter((row) => row.key === each),
      {
        targets: targets.filter((target) => target.priority === each),
        time: times.get(each),
        openBreached: open.get(each) ?? 0,
        fulfilment: fulfilled.get(each),
        agreed: agreed(each),
        inside,
      },
    ),
  )
  const total = groupOf('total', rows, {
    targets: [],
    time: times.get('total'),
    fulfilment: fulfilled.get('total'),
    openBreached: [...open.values()].reduce((sum, count) => sum + count, 0),
    agreed: agreed(null),
    inside,
  })
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
      ${within('m.created_at', filter)}
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

interface ResolutionTime {
  readonly count: number
  readonly medianSeconds: number
}

/** Median of opening to resolution, elapsed time, by group and in all; only incidents whose resolution has a moment. */
async function resolutionTimes(db: Db, filter: Narrowed, groupBy: Grouping): Promise<Map<string, ResolutionTime>> {
  // Incidents know neither their agreement's version nor, by themselves, the kind of their site: in all only.
  const grouped = groupBy === 'agreementVersion' || groupBy === 'siteType' ? null : groupBy
  const key = grouped === null ? "''" : groupingOf[grouped].key
  const column = grouped === null ? 'm.customer_id' : groupedColumn[grouped]
  const { rows } = await sql<ResolutionTime & { readonly key: string | null }>`
    select case when grouping(${sql.raw(column)}) = 0 then ${sql.raw(key)} end as key, count(*)::int as count,
      percentile_cont(0.5) within group (order by extract(epoch from m.resolved_at - m.opened_at))::float8 as "medianSeconds"
    from (
      select m.*, date_trunc('month', m.resolved_at at time zone u.time_zone)::date as month
      from (
        select customer_id, priority, site_id, service_id, opened_at, resolved_at ${teamOf('incident', filter)}
        from incident where resolved_at is not null
      ) m join customer u on u.id = m.customer_id
      where true ${narrowing(filter)}
        ${within('m.resolved_at', filter)}
    ) m
    group by grouping sets ((${sql.raw(column)}), ())
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
    .where('agreementVersion.type', '=', 'sla')
    .where((where) =>
      where.or([where('agreementVersion.validTo', 'is', null), where('agreementVersion.validTo', '>', now)]),
    )
    .execute()
  if (new Set(rows.map(({ id }) => id)).size !== 1) return []
  // Where conditions decide, several targets hold for one priority, and none is the group's.
  const isOnly = (one: (typeof rows)[number]) =>
    rows.filter(({ metric, priority }) => metric === one.metric && priority === one.priority).length === 1
  return rows.filter(isOnly).map(({ metric, priority, targetSeconds, attainmentBp }) => ({
    metric: metric as PromisedMetric,
    priority: priority as Priority,
    targetSeconds,
    attainmentBp,
  }))
}

interface Beside {
  readonly targets: Target[]
  readonly time: ResolutionTime | undefined
  readonly openBreached: number
  readonly fulfilment: AttainmentGroup['byMetric']['fulfilment']
  readonly agreed: AttainmentGroup['agreed']
  /** For the provider's people. */
  readonly inside: boolean
}

function groupOf(
  key: string,
  rows: readonly CountRow[],
  { targets, time, openBreached, fulfilment, agreed, inside }: Beside,
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
      ...(fulfilment !== undefined && { fulfilment }),
    },
    reported: reported.attainment === null ? null : { met: reported.met, failed: reported.failed },
    openBreached,
    uncertainty: inside && resolution.attainment !== null ? uncertainty(resolution.attainment) : null,
    agreed,
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
