import { sql } from 'kysely'
import type { CalendarRules } from '#core/calendar-rules.ts'
import { compileVersions, type OpenTime } from '#core/calendar.ts'
import { type DayReading, workingDaysOf } from '#core/promised-due.ts'
import type { Db } from '#platform/context.ts'
import {
  type CalendarSource,
  defaultMatrix,
  defaultTerms,
  type PromisedMetric,
  type Priority,
  type PriorityMatrix,
  type Terms,
} from './agreement.ts'
import { type CalendarSpan, type CountedTarget, type PromiseMaker, promiseMaker } from './promise.ts'
import type { TargetConditions } from './target-choice.ts'

/** What was promised for an incident, ready to be counted with. */
export interface AgreementInForce extends PromiseMaker {
  readonly versionId: string
  readonly calendarVersions: readonly CalendarSpan[]
  readonly open: OpenTime
  readonly calendarSource: CalendarSource
  readonly onCalendarChange: Terms['onCalendarChange']
  readonly matrix: PriorityMatrix
  readonly reopenWithinDays: number
  /** Shares of the target at which a clock is at risk, in basis points, ascending. */
  readonly atRiskBp: readonly number[]
  /** Site or team decide about hours or targets, so that what holds for one incident of a service may not for another. */
  readonly dependsOnPlace: boolean
}

/** The matrix when nothing was agreed and nobody could be asked: of tickets that are read from a file. */
export const matrixWithoutAgreement: PriorityMatrix = defaultMatrix

/** The matrix when nothing was agreed: as an administrator set it, else as it comes. */
export async function usualMatrix(db: Db): Promise<PriorityMatrix> {
  const row = await db
    .selectFrom('setting')
    .select(sql<PriorityMatrix | null>`value->'matrix'`.as('matrix'))
    .where('name', '=', 'installation')
    .executeTakeFirst()
  return row?.matrix ?? defaultMatrix
}

/**
 * Compiled agreements by their version and the versions of their calendar. Both are immutable under their ids, but for
 * when they end, which is part of the key; so nothing here can be stale.
 */
const compiled = new Map<string, AgreementInForce>()
const COMPILED_AT_MOST = 2000

export interface Key {
  readonly versionId: string
  /** `id@from-to` of each version of the calendar in whose hours is counted, in order. */
  readonly calendar: string
  /** Of the affected site, where a target asks for it. */
  readonly siteType: string | null
}

/** What is known of an incident when it is asked what was promised for it. */
export interface Affected {
  readonly customerId: string
  readonly serviceId: string | null
  readonly siteId: string | null
  /** Who held it first. */
  readonly teamId: string | null
}

/** The versions of a calendar as they are part of a key, null for none; `calendarId` is SQL. */
export const versionsOf = (calendarId: string) =>
  sql.raw(`(
      select string_agg(c.id || '@' || c.valid_from || '-' || coalesce(c.valid_to::text, ''), ',' order by c.valid_from)
      from calendar_version c where c.calendar_id = ${calendarId} and (c.valid_to is null or c.valid_to > c.valid_from)
    )`)
/** The calendar that the source of hours of the version `v` brings for an incident; null when it brings none. */
export const broughtBy = ({
  siteId,
  serviceId,
  teamId,
}: Omit<Affected, 'customerId'>) => sql`case v.terms->>'calendarSource'
    when 'site' then (select s.calendar_id from site s where s.id = ${siteId}::uuid)
    when 'service' then (select s.calendar_id from service s where s.id = ${serviceId}::uuid)
    when 'team' then (select t.calendar_id from team t where t.id = ${teamId}::uuid)
  end`
const siteTypeOf = sql.raw(
  'exists (select from target t where t.agreement_version_id = v.id and t.site_type is not null)',
)

/** Forgets what was compiled of a version that was counted with as if it were active: as a draft it may still change. */
export function forgetVersion(versionId: string): void {
  for (const key of compiled.keys()) if (key.startsWith(versionId)) compiled.delete(key)
}

/**
 * The agreement that held for a customer's service at a moment: the one for that service before one for all. Counted in
 * the hours of the source that it names; where that brings none, in its own.
 */
export async function agreementFor(db: Db, affected: Affected, at: Date): Promise<AgreementInForce | null> {
  const key = await keyInForce(db, affected, at)
  return key === null ? null : compile(db, key)
}

/** What one agreement is chosen by before another: for this very service, and the later one. */
export interface Rank {
  readonly forAll: boolean
  readonly validFrom: Date
}

/** The key of the agreement that held, and what it was chosen by; `besides` leaves one agreement out of the choice. */
export async function keyInForce(
  db: Db,
  { customerId, serviceId, siteId, teamId }: Affected,
  at: Date,
  besides: string | null = null,
): Promise<(Key & Rank) | null> {
  const { rows } = await sql<Key & Rank>`
    select v.id as version_id, ${versionsOf('coalesce(h.calendar_id, v.calendar_id)')} as calendar,
      (select s.site_type from site s where s.id = ${siteId}::uuid and ${siteTypeOf}) as site_type,
      cardinality(v.service_ids) = 0 as for_all, v.valid_from
    from agreement_version v join agreement a on a.id = v.agreement_id and a.type = 'sla'
      cross join lateral (select ${broughtBy({ serviceId, siteId, teamId })} as calendar_id) h
    where v.customer_id = ${customerId} and v.state in ('active', 'superseded', 'expired', 'terminated')
      and v.agreement_id is distinct from ${besides}::uuid
      and v.valid_from <= ${at} and (v.valid_to is null or v.valid_to > ${at})
      and (v.service_ids = '{}' or ${serviceId}::uuid = any(v.service_ids))
    order by cardinality(v.service_ids) = 0, v.valid_from desc, v.id limit 1`.execute(db)
  return rows[0] ?? null
}

/** A version in its own hours, a draft too, as it is now. */
export async function agreementOfVersion(db: Db, versionId: string): Promise<AgreementInForce> {
  const { rows } = await sql<Key & { readonly state: string }>`
    select v.id as version_id, ${versionsOf('v.calendar_id')} as calendar, null as site_type, v.state
    from agreement_version v where v.id = ${versionId}`.execute(db)
  const { state, ...key } = rows[0]!
  // Until it holds it may change.
  if (state === 'draft') forgetVersion(versionId)
  const made = await compile(db, key)
  if (state === 'draft') forgetVersion(versionId)
  return made
}

/** What a clock was counted by, as far as it is stored with it. */
export interface CountedBy {
  readonly agreementVersionId: string
  readonly calendarVersionId: string
}

/** The agreement that a clock was counted by, whatever its state, in the calendar that the clock runs in. */
export async function agreementOfClock(
  db: Db,
  clock: CountedBy,
  siteId: string | null = null,
): Promise<AgreementInForce> {
  return (await agreementsOfClocks(db, [clock], siteId)).of(clock)
}

/** Those of several clocks. Without the site it is not known which targets hold there, only the hours are. */
export async function agreementsOfClocks(
  db: Db,
  clocks: readonly CountedBy[],
  siteId: string | null = null,
): Promise<{ readonly of: (clock: CountedBy) => AgreementInForce }> {
  const keyOf = ({ agreementVersionId, calendarVersionId }: CountedBy) => `${agreementVersionId} ${calendarVersionId}`
  const found = new Map<string, AgreementInForce>()
  const distinct = [...new Map(clocks.map((clock) => [keyOf(clock), clock])).values()]
  if (distinct.length > 0) {
    const { rows } = await sql<Key & { readonly calendarVersionId: string }>`
      select v.id as version_id, k.calendar_version_id, ${versionsOf('o.calendar_id')} as calendar,
        (select s.site_type from site s where s.id = ${siteId}::uuid and ${siteTypeOf}) as site_type
      from unnest(${distinct.map(({ agreementVersionId }) => agreementVersionId)}::uuid[],
          ${distinct.map(({ calendarVersionId }) => calendarVersionId)}::uuid[]) as k(version_id, calendar_version_id)
        join agreement_version v on v.id = k.version_id join calendar_version o on o.id = k.calendar_version_id`.execute(
      db,
    )
    for (const { calendarVersionId, ...key } of rows) {
      found.set(keyOf({ agreementVersionId: key.versionId, calendarVersionId }), await compile(db, key))
    }
  }
  return { of: (clock) => found.get(keyOf(clock))! }
}

/** The agreement of a key, compiled once. */
export async function compile(db: Db, { versionId, calendar, siteType }: Key): Promise<AgreementInForce> {
  const key = `${versionId} ${siteType ?? ''} ${calendar}`
  const known = compiled.get(key)
  if (known) return known
  const version = await db
    .selectFrom('agreementVersion')
    .select('terms')
    .where('id', '=', versionId)
    .executeTakeFirstOrThrow()
  const calendarVersions = await readHours(db, calendar)
  const targets = await readTargets(db, versionId)
  const made = assemble(versionId, version.terms as unknown as Terms, { calendarVersions, targets, siteType })
  if (compiled.size >= COMPILED_AT_MOST) compiled.delete(compiled.keys().next().value!)
  compiled.set(key, made)
  return made
}

/** The versions of a calendar that a key names. */
export async function readHours(db: Db, calendar: string): Promise<CalendarVersionRow[]> {
  return db
    .selectFrom('calendarVersion')
    .select(['id', 'validFrom', 'validTo', 'rules'])
    .where(
      'id',
      'in',
      calendar.split(',').map((each) => each.slice(0, each.indexOf('@'))),
    )
    .orderBy('validFrom')
    .execute()
}

/** The targets of a version in the order in which they are listed. */
export async function readTargets(db: Db, versionId: string): Promise<CountedTarget[]> {
  const rows = await db
    .selectFrom('target')
    .select(['id', 'metric', 'priority', 'targetSeconds', 'serviceId', 'category', 'siteType', 'reported', 'days'])
    .select('dayReading')
    .where('agreementVersionId', '=', versionId)
    .orderBy('position')
    .orderBy('id')
    .execute()
  return rows.map(({ metric, priority, targetSeconds, days, dayReading, reported, ...row }) => ({
    ...row,
    metric: metric as PromisedMetric,
    priority: priority as Priority,
    reported: reported as TargetConditions['reported'],
    targetMs: targetSeconds * 1000,
    days: days === null || dayReading === null ? undefined : workingDaysOf(days, dayReading as DayReading),
  }))
}

interface CalendarVersionRow {
  readonly id: string
  readonly validFrom: Date
  readonly validTo: Date | null
  readonly rules: unknown
}

interface Read {
  readonly calendarVersions: readonly CalendarVersionRow[]
  readonly targets: readonly CountedTarget[]
  readonly siteType: string | null
}

/** An agreement from what was read of it: the hours by their versions, each until the next one begins. */
export function assemble(
  versionId: string,
  said: Terms,
  { calendarVersions, targets, siteType }: Read,
): AgreementInForce {
  // What was not yet said when a version was written is as usual.
  const terms: Terms = { ...defaultTerms, ...said }
  const spans = calendarVersions.map(({ id, validFrom, validTo, rules }, index) => ({
    id,
    rules: rules as CalendarRules,
    // The first hours hold also before they were written down, the last until others are.
    from: index === 0 ? -Infinity : validFrom.getTime(),
    to: validTo === null ? Infinity : validTo.getTime(),
  }))
  const open = compileVersions(spans)
  const { calendarSource, onCalendarChange, priorityMatrix: matrix, reopenWithinDays } = terms
  return {
    versionId,
    calendarVersions: spans,
    open,
    calendarSource,
    onCalendarChange,
    matrix,
    reopenWithinDays,
    atRiskBp: sharesOf(terms),
    dependsOnPlace:
      calendarSource === 'site' || calendarSource === 'team' || targets.some((each) => each.siteType !== null),
    ...promiseMaker(terms, { spans, open, siteType }, targets),
  }
}

function sharesOf({ atRisk }: Terms): number[] {
  return [...new Set(atRisk)].toSorted((one, other) => one - other).map((percent) => percent * 100)
}
