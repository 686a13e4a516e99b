import { sql } from 'kysely'
import type { CalendarRules } from '#core/calendar-rules.ts'
import { compileVersions, type OpenTime } from '#core/calendar.ts'
import type { ClockTerms } from '#core/clock-terms.ts'
import type { Db } from '#platform/context.ts'
import {
  defaultMatrix,
  defaultTerms,
  type Metric,
  metrics,
  type Priority,
  type PriorityMatrix,
  type Terms,
} from './agreement.ts'

/** What was promised for an incident, ready to be counted with. */
export interface AgreementInForce {
  readonly versionId: string
  readonly calendarVersions: readonly { readonly id: string; readonly from: number; readonly to: number }[]
  readonly open: OpenTime
  readonly matrix: PriorityMatrix
  readonly reopenWithinDays: number
  /** Shares of the target at which a clock is at risk, in basis points, ascending. */
  readonly atRiskBp: readonly number[]
  readonly targets: ReadonlyMap<`${Metric} ${Priority}`, { readonly id: string; readonly targetMs: number }>
  readonly termsOf: Readonly<Record<Metric, (priority: Priority) => ClockTerms | null>>
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

interface Key {
  readonly versionId: string
  /** `id@from-to` of each version of its calendar, in order. */
  readonly calendar: string
}

/** Forgets what was compiled of a version that was counted with as if it were active: as a draft it may still change. */
export function forgetVersion(versionId: string): void {
  for (const key of compiled.keys()) if (key.startsWith(versionId)) compiled.delete(key)
}

/** The agreement that held for a customer's service at a moment: the one for that service before one for all. */
export async function agreementFor(
  db: Db,
  customerId: string,
  serviceId: string | null,
  at: Date,
): Promise<AgreementInForce | null> {
  const { rows } = await sql<Key>`
    select v.id as version_id, (
      select string_agg(c.id || '@' || c.valid_from || '-' || coalesce(c.valid_to::text, ''), ',' order by c.valid_from)
      from calendar_version c where c.calendar_id = v.calendar_id and (c.valid_to is null or c.valid_to > c.valid_from)
    ) as calendar
    from agreement_version v
    where v.customer_id = ${customerId} and v.state in ('active', 'superseded', 'expired', 'terminated')
      and v.valid_from <= ${at} and (v.valid_to is null or v.valid_to > ${at})
      and (v.service_ids = '{}' or ${serviceId}::uuid = any(v.service_ids))
    order by cardinality(v.service_ids) = 0, v.valid_from desc, v.id limit 1`.execute(db)
  const key = rows[0]
  return key === undefined ? null : compile(db, key)
}

/** A version whatever its state, for what was counted by it before. */
export async function agreementVersionInForce(db: Db, versionId: string): Promise<AgreementInForce> {
  return (await agreementVersionsInForce(db, [versionId])).get(versionId)!
}

/** Several versions by their ids. */
export async function agreementVersionsInForce(
  db: Db,
  versionIds: readonly string[],
): Promise<ReadonlyMap<string, AgreementInForce>> {
  const found = new Map<string, AgreementInForce>()
  if (versionIds.length === 0) return found
  const { rows } = await sql<Key>`
    select v.id as version_id, (
      select string_agg(c.id || '@' || c.valid_from || '-' || coalesce(c.valid_to::text, ''), ',' order by c.valid_from)
      from calendar_version c where c.calendar_id = v.calendar_id and (c.valid_to is null or c.valid_to > c.valid_from)
    ) as calendar
    from agreement_version v where v.id = any(${versionIds}::uuid[])`.execute(db)
  for (const key of rows) found.set(key.versionId, await compile(db, key))
  return found
}

/** A version with the hours of its calendar as they were known at one moment or another. */
export interface AgreementAsKnown {
  /** When hours were written down, the latest first. */
  readonly learned: readonly Date[]
  /** Null before there were any hours. */
  readonly at: (moment: Date) => AgreementInForce | null
}

/** For what was counted when other hours were known than now. Not kept: somebody looks at few of them. */
export async function agreementVersionAsKnown(db: Db, versionId: string): Promise<AgreementAsKnown> {
  const version = await db
    .selectFrom('agreementVersion')
    .select(['terms', 'calendarId'])
    .where('id', '=', versionId)
    .executeTakeFirstOrThrow()
  const written = await db
    .selectFrom('calendarVersion')
    .select(['id', 'validFrom', 'validTo', 'rules', 'createdAt'])
    .where('calendarId', '=', version.calendarId)
    .orderBy('validFrom')
    .orderBy('createdAt')
    .orderBy('id')
    .execute()
  const targets = await targetsOf(db, versionId)
  return {
    learned: written.map(({ createdAt }) => createdAt).toSorted((one, other) => other.getTime() - one.getTime()),
    at: (moment) => {
      const known = written.filter(({ createdAt }) => createdAt <= moment)
      // Of those that begin together the last one holds, each until the next one begins.
      const held = known.filter(({ validFrom }, index) => known[index + 1]?.validFrom.getTime() !== validFrom.getTime())
      if (held.length === 0) return null
      const spans = held.map((each, index) => ({ ...each, validTo: held[index + 1]?.validFrom ?? null }))
      return assemble(versionId, version.terms as unknown as Terms, spans, targets)
    },
  }
}

async function targetsOf(db: Db, versionId: string): Promise<TargetRow[]> {
  return db
    .selectFrom('target')
    .select(['id', 'metric', 'priority', 'targetSeconds'])
    .where('agreementVersionId', '=', versionId)
    .execute()
}

async function compile(db: Db, { versionId, calendar }: Key): Promise<AgreementInForce> {
  const key = `${versionId} ${calendar}`
  const known = compiled.get(key)
  if (known) return known
  const version = await db
    .selectFrom('agreementVersion')
    .select(['terms', 'calendarId'])
    .where('id', '=', versionId)
    .executeTakeFirstOrThrow()
  const calendarVersions = await db
    .selectFrom('calendarVersion')
    .select(['id', 'validFrom', 'validTo', 'rules'])
    .where('calendarId', '=', version.calendarId)
    .where((where) => where.or([where('validTo', 'is', null), where('validTo', '>', where.ref('validFrom'))]))
    .orderBy('validFrom')
    .execute()
  const rows = await targetsOf(db, versionId)
  const made = assemble(versionId, version.terms as unknown as Terms, calendarVersions, rows)
  if (compiled.size >= COMPILED_AT_MOST) compiled.delete(compiled.keys().next().value!)
  compiled.set(key, made)
  return made
}

interface CalendarVersionRow {
  readonly id: string
  readonly validFrom: Date
  readonly validTo: Date | null
  readonly rules: unknown
}

interface TargetRow {
  readonly id: string
  readonly metric: string
  readonly priority: string
  readonly targetSeconds: number
}

function assemble(
  versionId: string,
  terms: Terms,
  calendarVersions: readonly CalendarVersionRow[],
  rows: readonly TargetRow[],
): AgreementInForce {
  const spans = calendarVersions.map(({ id, validFrom, validTo }, index) => ({
    id,
    // The first hours hold also before they were written down, the last until others are.
    from: index === 0 ? -Infinity : validFrom.getTime(),
    to: validTo === null ? Infinity : validTo.getTime(),
  }))
  const open = compileVersions(
    calendarVersions.map(({ rules }, index) => ({ rules: rules as CalendarRules, ...spans[index]! })),
  )
  const targets = new Map(
    rows.map(({ id, metric, priority, targetSeconds }) => [
      `${metric as Metric} ${priority as Priority}` as const,
      { id, targetMs: targetSeconds * 1000 },
    ]),
  )
  const termsOf = Object.fromEntries(
    metrics.map((metric) => {
      const byPriority = Object.fromEntries(
        rows
          .filter((row) => row.metric === metric)
          .map(({ priority, targetSeconds }) => [priority, { targetMs: targetSeconds * 1000, open }]),
      )
      const made = new Map<Priority, ClockTerms | null>()
      return [
        metric,
        (priority: Priority) => {
          const known = made.get(priority)
          if (known !== undefined) return known
          const clockTerms = clockTermsOf(metric, terms, byPriority, priority)
          made.set(priority, clockTerms)
          return clockTerms
        },
      ]
    }),
  ) as unknown as AgreementInForce['termsOf']
  return {
    versionId,
    calendarVersions: spans,
    open,
    matrix: terms.priorityMatrix,
    reopenWithinDays: terms.reopenWithinDays,
    atRiskBp: sharesOf(terms),
    targets,
    termsOf,
  }
}

function sharesOf({ atRisk = defaultTerms.atRisk }: Partial<Terms>): number[] {
  return [...new Set(atRisk)].toSorted((one, other) => one - other).map((percent) => percent * 100)
}

/** Null when no priority at all was promised anything for this metric. */
function clockTermsOf(
  metric: Metric,
  terms: Terms,
  byPriority: NonNullable<ClockTerms['byPriority']>,
  priority: Priority,
): ClockTerms | null {
  const promised = byPriority[priority]
  if (Object.keys(byPriority).length === 0) return null
  const everyPriority = { p1: null, p2: null, p3: null, p4: null, p5: null, ...byPriority }
  return {
    metric,
    targetMs: promised?.targetMs ?? Object.values(byPriority).find((each) => each !== null)!.targetMs,
    pausedBy: metric === 'resolution' ? terms.pausedBy : [],
    reopen: terms.reopen,
    boundary: terms.boundary,
    onPriorityChange: terms.onPriorityChange,
    byPriority: everyPriority,
  }
}
