import { type RawBuilder, sql } from 'kysely'
import { isConfidential, toldOfAll } from '#platform/confidential.ts'
import type { Db } from '#platform/context.ts'
import type { Metric, Priority } from '#api/service-levels'
import { endedAt as endOf } from '#modules/incidents'
import { AGE_BANDS, LISTED_CASES, NEAR_FROM_BP } from './facts.ts'

/** The months of a review, as instants. */
export interface Period {
  readonly customerId: string
  /** Beginnings of the months of the trend and, last, the end of the reviewed one: one more than there are months. */
  readonly bounds: readonly Date[]
  readonly from: Date
  /** Exclusive. */
  readonly to: Date
  /** The end of the month, or now while it lasts. */
  readonly asOf: Date
}

/** When work on an incident `i` ended, however it did; never while it lasts. */
export const endedAt = endOf('i')
const measured = sql.raw(
  "c.stopped_at is not null and c.metric in ('response', 'resolution') and c.state in ('met', 'breached-stopped')",
)
const met = sql.raw("c.state = 'met' and c.exclusion is null")
const failed = sql.raw("c.state = 'breached-stopped' and c.exclusion is null")
const near = sql.raw(
  `c.state = 'met' and c.exclusion is null and c.elapsed_ms * 10000 >= c.target_ms * ${NEAR_FROM_BP}`,
)

/** Whether clock `alias` measures what was promised to the customer, and not what teams or suppliers promised us. */
export function promisedToCustomer(alias: string, customerId: string): RawBuilder<unknown> {
  return sql`${sql.raw(alias)}.agreement_version_id = any(array(select v.id from agreement_version v
    where v.customer_id = ${customerId} and v.type = 'sla'))`
}

function months({ bounds }: Period): RawBuilder<unknown> {
  return sql`${[...bounds]}::timestamptz[]`
}

export interface PromiseRow {
  readonly targetId: string
  readonly agreementId: string
  readonly agreement: string
  readonly version: number
  readonly validFrom: Date
  readonly validTo: Date | null
  readonly calendar: string
  /** Null for an agreement without any target. */
  readonly metric: Metric | null
  readonly priority: Priority
  readonly targetSeconds: number
  readonly attainmentBp: number
  /** Whether the version held in some part of the reviewed month. */
  readonly inForce: boolean
}

/** What was ever promised to the customer: every target of every version of its service level agreements. */
export async function promises(db: Db, { customerId, from, to }: Period): Promise<PromiseRow[]> {
  const { rows } = await sql<PromiseRow>`
    select t.id as target_id, a.id as agreement_id, a.name as agreement, v.number as version, v.valid_from, v.valid_to,
      k.name as calendar, t.metric, t.priority, t.target_seconds, t.attainment_bp,
      v.valid_from < ${to} and (v.valid_to is null or v.valid_to > ${from}) as in_force
    from agreement a
      join agreement_version v on v.agreement_id = a.id and v.state in ('active', 'superseded', 'expired', 'terminated')
      join calendar k on k.id = v.calendar_id
      left join target t on t.agreement_version_id = v.id and t.metric in ('response', 'resolution')
    where a.customer_id = ${customerId} and a.type = 'sla'
    order by a.name, a.id, v.number, t.priority, t.metric desc`.execute(db)
  return rows
}

export interface TallyRow {
  readonly targetId: string
  /** Index into the trend's months. */
  readonly month: number
  readonly met: number
  readonly failed: number
  readonly excluded: number
  readonly near: number
}

/** Results by target and month, of clocks that stopped in the months of the trend. */
export async function tallies(db: Db, period: Period): Promise<TallyRow[]> {
  const { rows } = await sql<TallyRow>`
    select c.target_id, width_bucket(c.stopped_at, ${months(period)}) - 1 as month, count(*) filter (where ${met}) as met,
      count(*) filter (where ${failed}) as failed, count(*) filter (where c.exclusion is not null) as excluded,
      count(*) filter (where ${near}) as near
    from clock c
    where c.customer_id = ${period.customerId} and c.stopped_at >= ${period.bounds[0]} and c.stopped_at < ${period.to} and ${measured}
    group by 1, 2`.execute(db)
  return rows
}

/** Clocks by target that were open when the month ended and past their time already. */
export async function openBreached(
  db: Db,
  { customerId, asOf }: Period,
): Promise<{ targetId: string; open: number }[]> {
  const { rows } = await sql<{ targetId: string; open: number }>`
    select c.target_id, count(*) as open
    from incident i join clock c on c.incident_id = i.id
    where i.customer_id = ${customerId} and i.opened_at < ${asOf} and ${endedAt} >= ${asOf}
      and c.exclusion is null and ${openAndBreached(asOf)}
    group by 1`.execute(db)
  return rows
}

/** Whether clock `c` was running or paused at a moment, and past its time. */
function openAndBreached(asOf: Date): RawBuilder<unknown> {
  // Nobody may have looked at a running clock since it was due.
  return sql`c.state <> 'cancelled' and (c.stopped_at is null or c.stopped_at >= ${asOf})
    and coalesce(c.breached_at, case when c.state = 'running' then c.due_at end) < ${asOf}`
}

export interface CaseRow {
  readonly incidentId: string
  /** Few may know of its incident: what tells which one it is stands for nothing. */
  readonly confidential: boolean
  readonly number: string
  readonly reference: string | null
  readonly title: string
  readonly metric: 'response' | 'resolution'
  readonly priority: Priority
  readonly service: string | null
  readonly site: string | null
  readonly startedAt: Date | null
  readonly dueAt: Date | null
  readonly stoppedAt: Date
  readonly targetMs: number
  readonly elapsedMs: number
  readonly agreementVersionId: string
  readonly calendarVersionId: string
}

/** The misses of the month, or what was nearly one: the most urgent first, then by how much of the time was used. */
export async function cases(db: Db, { customerId, from, to }: Period, kind: 'missed' | 'near'): Promise<CaseRow[]> {
  const { rows } = await sql<CaseRow>`
    select c.incident_id, ${isConfidential} as confidential, ${toldOfAll(sql`c.number`)} as number, ${toldOfAll(sql`i.source_key`)} as reference, ${toldOfAll(sql`i.title`)} as title,
      c.metric, t.priority, ${toldOfAll(sql`s.name`)} as service, ${toldOfAll(sql`l.name`)} as site, c.started_at,
      c.due_at, c.stopped_at, c.target_ms, c.elapsed_ms, c.agreement_version_id, c.calendar_version_id
    from clock c
      join target t on t.id = c.target_id
      join agreement_version v on v.id = c.agreement_version_id and v.type = 'sla'
      join incident i on i.id = c.incident_id
      left join service s on s.id = i.service_id
      left join site l on l.id = i.site_id
    where c.customer_id = ${customerId} and c.stopped_at >= ${from} and c.stopped_at < ${to} and ${measured}
      and c.metric in ('response', 'resolution') and ${kind === 'missed' ? failed : near}
    order by t.priority, c.elapsed_ms::float8 / c.target_ms desc, c.number, c.metric
    limit ${LISTED_CASES}`.execute(db)
  return rows
}

export interface FlowRow {
  /** Index into the trend's months; negative before them. */
  readonly opened: number
  /** The same of its end; null while it lasts or when that came after the month. */
  readonly ended: number | null
  readonly resolved: boolean
  readonly incidents: number
}

/** Incidents by the months in which they came and went. */
export async function flows(db: Db, period: Period): Promise<FlowRow[]> {
  const { rows } = await sql<FlowRow>`
    select width_bucket(i.opened_at, ${months(period)}) - 1 as opened,
      case when ${endedAt} < ${period.asOf} then width_bucket(${endedAt}, ${months(period)}) - 1 end as ended,
      i.resolved_at is not null as resolved, count(*) as incidents
    from incident i where i.customer_id = ${period.customerId} and i.opened_at < ${period.asOf}
    group by 1, 2, 3`.execute(db)
  return rows
}

export interface DimensionRow {
  readonly priority: Priority | null
  readonly serviceId: string | null
  readonly siteId: string | null
  /** Which of the three the row is about: bits of `grouping(priority, service, site)`. */
  readonly about: number
  readonly name: string | null
  readonly opened: number
  readonly resolved: number
  readonly backlog: number
}

/** The month's incidents by priority, by service and by site. */
export async function dimensions(db: Db, { customerId, from, asOf }: Period): Promise<DimensionRow[]> {
  const { rows } = await sql<DimensionRow>`
    with counted as (
      select i.priority, i.service_id, i.site_id, grouping(i.priority, i.service_id, i.site_id) as about,
        count(*) filter (where i.opened_at >= ${from}) as opened,
        count(*) filter (where i.resolved_at >= ${from} and i.resolved_at < ${asOf}) as resolved,
        count(*) filter (where ${endedAt} >= ${asOf}) as backlog
      from incident i
      where i.customer_id = ${customerId} and i.opened_at < ${asOf} and ${endedAt} >= ${from}
      group by grouping sets ((i.priority), (i.service_id), (i.site_id))
    )
    select counted.*, coalesce(s.name, l.name) as name
    from counted left join service s on s.id = counted.service_id left join site l on l.id = counted.site_id
    order by counted.opened desc, counted.backlog desc, name, counted.priority`.execute(db)
  return rows
}

export interface AgeRow {
  /** Index into the bands. */
  readonly band: number
  readonly incidents: number
  readonly oldestDays: number
}

/** How old the incidents were that were open when the month ended. */
export async function ages(db: Db, { customerId, asOf }: Period): Promise<AgeRow[]> {
  const { rows } = await sql<AgeRow>`
    select width_bucket(age, ${[...AGE_BANDS]}::float8[]) - 1 as band, count(*) as incidents, floor(max(age))::int as oldest_days
    from (
      select extract(epoch from ${asOf} - i.opened_at)::float8 / 86400 as age
      from incident i
      where i.customer_id = ${customerId} and i.opened_at < ${asOf} and ${endedAt} >= ${asOf}
    ) open
    group by 1`.execute(db)
  return rows
}

export interface QualityRow {
  readonly reportedMet: number
  readonly reportedFailed: number
  readonly compared: number
  readonly bothMet: number
  readonly onlyOurs: number
  readonly onlyTheirs: number
  readonly withoutPromise: number
  readonly closedWithoutResolution: number
}

/** What the source said of itself beside what we measured, and incidents that no figure can be made of. */
export async function quality(db: Db, { customerId, from, to }: Period): Promise<QualityRow> {
  const { rows } = await sql<QualityRow>`
    select count(*) filter (where i.reported_met) as reported_met, count(*) filter (where not i.reported_met) as reported_failed,
      count(*) filter (where i.reported_met is not null and c.id is not null) as compared,
      count(*) filter (where i.reported_met and ${met}) as both_met,
      count(*) filter (where not i.reported_met and ${met}) as only_ours,
      count(*) filter (where i.reported_met and ${failed}) as only_theirs,
      count(*) filter (where i.resolved_at is not null and any_clock.id is null) as without_promise,
      count(*) filter (where i.resolved_at is null) as closed_without_resolution
    from incident i
      left join clock c on c.incident_id = i.id and c.metric = 'resolution' and c.stopped_at >= ${from} and c.stopped_at < ${to}
        and c.state in ('met', 'breached-stopped') and c.exclusion is null and ${promisedToCustomer('c', customerId)}
      left join clock any_clock on any_clock.incident_id = i.id and any_clock.metric = 'resolution'
        and ${promisedToCustomer('any_clock', customerId)}
    where i.customer_id = ${customerId} and i.state <> 'cancelled'
      and coalesce(i.resolved_at, i.closed_at) >= ${from} and coalesce(i.resolved_at, i.closed_at) < ${to}`.execute(db)
  return rows[0]!
}

/** Resolutions and missed resolutions by the team that held the incident; for the provider's own eyes. */
export async function byTeam(
  db: Db,
  { customerId, from, to }: Period,
): Promise<{ name: string | null; resolved: number; missed: number }[]> {
  const { rows } = await sql<{ name: string | null; resolved: number; missed: number }>`
    select t.name, count(*) filter (where ${met} or ${failed}) as resolved, count(*) filter (where ${failed}) as missed
    from clock c left join team t on t.id = c.team_id
    where c.customer_id = ${customerId} and c.metric = 'resolution' and c.stopped_at >= ${from} and c.stopped_at < ${to} and ${measured}
      and ${promisedToCustomer('c', customerId)}
    group by t.id, t.name order by 3 desc, 2 desc, 1`.execute(db)
  return rows
}
