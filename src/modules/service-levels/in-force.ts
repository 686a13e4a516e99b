import { sql } from 'kysely'
import type { CalendarRules } from '#core/calendar-rules.ts'
import { compileVersions, type OpenTime } from '#core/calendar.ts'
import { type DayReading, workingDaysOf } from '#core/promised-due.ts'
import type { Db } from '#platform/context.ts'
import { ofOneOrMany, statement } from '#platform/statement.ts'
import {
  type CalendarSource,
  defaultMatrix,
  defaultTerms,
  type PromisedMetric,
  type Priority,
  type PriorityMatrix,
  type Terms,
} from './agreement.ts'
import { type Affected, asksForSiteType, forgetDependence, type Key, keyInForce, versionsOf } from './key-in-force.ts'
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
  /** Reasons that stop a clock only with evidence. */
  readonly evidenceFor: Terms['pausedBy']
  readonly fulfilment: Terms['fulfilment']
  /** Shares of the target at which a clock is at risk, in basis points, ascending. */
  readonly atRiskBp: readonly number[]
  /** Site or team decide about hours or targets, so that what holds for one incident of a service may not for another. */
  readonly dependsOnPlace: boolean
  /** Agreements of teams or suppliers stand behind it, with clocks of their own. */
  readonly isSupported: boolean
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

/** Forgets what was compiled of a version that was counted with as if it were active: as a draft it may still change. */
export function forgetVersion(versionId: string): void {
  forgetDependence(versionId)
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

/** A version in its own hours, a draft too, as it is now. */
export async function agreementOfVersion(db: Db, versionId: string): Promise<AgreementInForce> {
  const { rows } = await sql<Key & { readonly state: string }>`
    select v.id as version_id, ${versionsOf('v.calendar_id')} as calendar, null as site_type, false as is_supported, v.state
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
  const distinct = [...new Map(clocks.map((clock) => [nameOf(clock), clock])).values()]
  const versionIds = distinct.map(({ agreementVersionId }) => agreementVersionId)
  const calendarIds = distinct.map(({ calendarVersionId }) => calendarVersionId)
  const found = await agreementsOfKeys(
    db,
    distinct.length === 0
      ? []
      : await (siteId === null ? keysAnywhere : keysAtSite)(db, { versionIds, calendarIds, siteId }),
  )
  return { of: (clock) => found(clock)! }
}

interface WithKeys {
  readonly versionIds: readonly string[]
  readonly calendarIds: readonly string[]
  readonly siteId: string | null
}

function keysOfClocks(atSite: boolean) {
  return statement((_, { versionIds, calendarIds, siteId }: WithKeys) => {
    // In a query of their own the database does not see how many they are, and so does not plan anew for each number.
    const list = (ids: readonly string[]) => sql`(select ${ids}::uuid[])`
    const siteType = atSite
      ? sql`(select s.site_type from site s where s.id = ${siteId}::uuid and ${asksForSiteType})`
      : sql`null`
    return sql<KeyOfClock>`
      select v.id as version_id, k.calendar_version_id, ${versionsOf('o.calendar_id')} as calendar,
        ${siteType} as site_type, false as is_supported
      from unnest(${list(versionIds)}, ${list(calendarIds)}) as k(version_id, calendar_version_id)
        join agreement_version v on v.id = k.version_id join calendar_version o on o.id = k.calendar_version_id`
  })
}

const keysAnywhere = keysOfClocks(false)
const keysAtSite = keysOfClocks(true)

/** Those of the clocks of some incidents that run: of their hours, whatever targets hold at a site. None for any other clock. */
export async function agreementsOfRunning(
  db: Db,
  incidentIds: readonly string[],
): Promise<(clock: CountedBy) => AgreementInForce | null> {
  return agreementsOfKeys(db, await keysOfRunning(db, incidentIds))
}

const keysOfRunning = ofOneOrMany(
  (_, isMeant) => sql<KeyOfClock>`
    select v.id as version_id, k.calendar_version_id, ${versionsOf('o.calendar_id')} as calendar,
      null as site_type, false as is_supported
    from (
        select distinct clock.agreement_version_id, clock.calendar_version_id from clock
        where ${isMeant(sql`clock.incident_id`)} and clock.running_since is not null
      ) k
      join agreement_version v on v.id = k.agreement_version_id
      join calendar_version o on o.id = k.calendar_version_id`,
)

type KeyOfClock = Key & Pick<CountedBy, 'calendarVersionId'>

async function agreementsOfKeys(
  db: Db,
  keys: readonly KeyOfClock[],
): Promise<(clock: CountedBy) => AgreementInForce | null> {
  const found = new Map<string, AgreementInForce>()
  for (const { calendarVersionId, ...key } of keys) {
    found.set(nameOf({ agreementVersionId: key.versionId, calendarVersionId }), await compile(db, key))
  }
  return (clock) => found.get(nameOf(clock)) ?? null
}

function nameOf({ agreementVersionId, calendarVersionId }: CountedBy): string {
  return `${agreementVersionId} ${calendarVersionId}`
}

/** The agreement of a key, compiled once. */
export async function compile(db: Db, { versionId, calendar, siteType, isSupported }: Key): Promise<AgreementInForce> {
  const key = `${versionId} ${siteType ?? ''} ${isSupported ? 'supported' : ''} ${calendar}`
  const known = compiled.get(key)
  if (known) return known
  const version = await db
    .selectFrom('agreementVersion')
    .select('terms')
    .where('id', '=', versionId)
    .executeTakeFirstOrThrow()
  const calendarVersions = await readHours(db, calendar)
  const targets = await readTargets(db, versionId)
  const made = assemble(versionId, version.terms as unknown as Terms, {
    calendarVersions,
    targets,
    siteType,
    isSupported,
  })
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
  readonly isSupported?: boolean
}

/** An agreement from what was read of it: the hours by their versions, each until the next one begins. */
export function assemble(
  versionId: string,
  said: Terms,
  { calendarVersions, targets, siteType, isSupported = false }: Read,
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
    evidenceFor: terms.pauseEvidence ? terms.pausedBy : [],
    fulfilment: terms.fulfilment,
    atRiskBp: sharesOf(terms),
    isSupported,
    dependsOnPlace:
      calendarSource === 'site' || calendarSource === 'team' || targets.some((each) => each.siteType !== null),
    ...promiseMaker(terms, { spans, open, siteType }, targets),
  }
}

function sharesOf({ atRisk }: Terms): number[] {
  return [...new Set(atRisk)].toSorted((one, other) => one - other).map((percent) => percent * 100)
}
