import { type Ask, countClocks, type IncidentClocks, type Priority } from '#modules/service-levels'
import type { AgreementFinder } from './agreement-finder.ts'
import { clockEventsOf, firstTeamOf } from './clock-events.ts'
import { readHistories } from './histories.ts'

/**
 * Counted together, in one transaction. Of more of them what was read outlives the next collection of garbage, which takes
 * longer than the trips to the database that are saved.
 */
const BATCH = 500

/** Which of a customer's incidents are counted anew; all without it. */
export interface RecomputationScope {
  /** Only those opened from then on. */
  readonly openedFrom?: Date
  readonly incidentId?: string
  /** Only those that are open. */
  readonly openOnly?: boolean
  /**
   * Only those with a clock, their own or one behind it, that may run in this calendar's hours and had begun and not ended in
   * some part of this time.
   */
  readonly during?: { readonly calendarId: string; readonly from: Date; readonly to: Date }
  /** Only those that may have a result in this time: opened before its end, and something happened since its beginning. */
  readonly counting?: { readonly from: Date; readonly to: Date }
}

/** Where a batch begins: after this incident. */
export interface BatchKey {
  readonly openedAt: string
  readonly id: string
}

/** An incident as far as counting its clocks is concerned. Moments are epoch milliseconds. */
export interface TakenIncident {
  readonly id: string
  readonly number: string
  readonly priority: Priority
  readonly category: string | null
  readonly siteId: string | null
  readonly serviceId: string | null
  readonly teamId: string | null
  readonly opened: number
  readonly openedKey: string
  readonly due: number | null
  readonly hasPast: boolean
}

/** SQL that every session of counting begins with: statements about any batch are planned once, and not for each one's ids. */
export const planOnce = 'set local plan_cache_mode = force_generic_plan'

export function firstKey({ openedFrom = new Date(0) }: RecomputationScope): BatchKey {
  return { openedAt: openedFrom.toISOString(), id: '00000000-0000-0000-0000-000000000000' }
}

/** Null when there are no more. */
export function nextAfter(incidents: readonly TakenIncident[]): BatchKey | null {
  const last = incidents.at(-1)
  return incidents.length < BATCH || last === undefined ? null : { openedAt: last.openedKey, id: last.id }
}

/** SQL: whether an incident may have a result between two moments. */
export function mayCount(from: string, to: string): string {
  return `(opened_at < ${to}::timestamptz and (updated_at >= ${from}::timestamptz
    or exists (select from clock k where k.incident_id = incident.id and k.stopped_at >= ${from}::timestamptz)))`
}

/** The next incidents by their opening, locked unless nothing will be written. */
export async function takeIncidents(
  ask: Ask,
  {
    customerId,
    scope: { incidentId, openOnly = false, during, counting },
    after,
    dryRun,
  }: {
    readonly customerId: string
    readonly scope: RecomputationScope
    readonly after: BatchKey
    readonly dryRun: boolean
  },
): Promise<readonly TakenIncident[]> {
  const values: unknown[] = [customerId, after.openedAt, after.id, BATCH]
  const value = (given: unknown) => `$${values.push(given)}`
  const conditions = ['customer_id = $1', '(opened_at, id) > ($2::timestamptz, $3::uuid)']
  if (incidentId !== undefined) conditions.push(`id = ${value(incidentId)}::uuid`)
  if (openOnly) conditions.push("state in ('new', 'assigned', 'in-progress', 'on-hold', 'restored')")
  if (during !== undefined) {
    const calendar = `${value(during.calendarId)}::uuid`
    const ran = `k.incident_id = incident.id and k.started_at < ${value(during.to)}::timestamptz
        and (k.stopped_at is null or k.stopped_at > ${value(during.from)}::timestamptz)`
    conditions.push(`(exists (
      select from clock k join calendar_version v on v.id = k.calendar_version_id
      where ${ran} and v.calendar_id = ${calendar})
      or exists (
      select from clock_behind k join agreement_version v on v.id = k.agreement_version_id
      where ${ran} and (v.calendar_id = ${calendar} or coalesce(v.terms->>'calendarSource', 'agreement') <> 'agreement')))`)
  }
  if (counting !== undefined) conditions.push(mayCount(value(counting.from), value(counting.to)))
  return ask<TakenIncident>(
    `select id, number, priority, category, site_id as "siteId", service_id as "serviceId", team_id as "teamId",
       round(date_part('epoch', opened_at) * 1000) as opened, opened_at::text as "openedKey",
       round(date_part('epoch', due_at) * 1000) as due, source is not null as "hasPast"
     from incident where ${conditions.join(' and ')}
     order by opened_at, id limit $4 ${dryRun ? '' : 'for update'}`,
    values,
  )
}

/** Counts the clocks of incidents from their histories. */
export async function countTaken(
  ask: Ask,
  incidents: readonly TakenIncident[],
  {
    customerId,
    agreements,
    now,
  }: { readonly customerId: string; readonly agreements: AgreementFinder; readonly now: Date },
): Promise<IncidentClocks[]> {
  const historyOf = await readHistories(
    ask,
    customerId,
    incidents.map(({ id }) => id),
  )
  const counted: IncidentClocks[] = []
  for (const { id, opened, hasPast, openedKey: _key, due: _due, ...grouping } of incidents) {
    const { siteId, serviceId } = grouping
    const events = clockEventsOf(historyOf(id))
    const found = agreements({ customerId, serviceId, siteId, teamId: firstTeamOf(events) }, opened)
    const agreement = found instanceof Promise ? await found : found
    const subject = { incidentId: id, customerId, ...grouping }
    const clocks = agreement === null ? [] : countClocks(agreement, subject, events, now.getTime())
    const relying = agreement?.isSupported
      ? { versionId: agreement.versionId, subject, openedAt: new Date(opened), events }
      : null
    counted.push({ incidentId: id, clocks, hasPast, relying })
  }
  return counted
}
