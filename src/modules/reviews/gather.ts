import { reportAvailability } from '#modules/availability'
import type { Db } from '#platform/context.ts'
import {
  ages,
  byTeam,
  cases,
  dimensions,
  flows,
  openBreached,
  type Period,
  type PromiseRow,
  promises,
  quality,
  tallies,
} from './fact-queries.ts'
import {
  type AvailabilityFacts,
  type Edition,
  type Note,
  type ReportKind,
  type ReviewCase,
  type ReviewFacts,
} from './facts.ts'
import { adjustedNotes } from './adjusted.ts'
import { listed, withReasons } from './gather-cases.ts'
import { targetFacts } from './gather-targets.ts'
import { ageFacts, volumesOf } from './gather-volumes.ts'
import type { Customer } from '#api/customers'
import { gatherSections } from './chapters.ts'
import type { ReviewSection, SectionScope } from '#platform/review-section.ts'

/** What was asked for and by whose clock. */
export interface Making {
  readonly customer: Pick<Customer, 'id' | 'name' | 'timeZone' | 'language'>
  readonly period: Period
  /** `YYYY-MM`. */
  readonly month: string
  readonly provider: string
  readonly lockedAt: Date
  /** What other modules tell of the month. */
  readonly sections?: readonly ReviewSection[]
  /** Which figures of money may be told; none unless given. */
  readonly money?: SectionScope['money']
}

/** Everything that is read in one lock: what is the provider's own stays in it and in the internal edition. */
export type LockedFacts = Omit<
  ReviewFacts,
  'incidents' | 'edition' | 'report' | 'version' | 'sections' | 'restatement'
> & {
  readonly sections: Readonly<Partial<Record<ReviewFacts['edition'], Readonly<Record<string, unknown>>>>>
}

/**
 * All facts but the list of incidents, which is told apart because it may be long. To be called within one snapshot.
 *
 * @param editions Of which other modules' facts are wanted; the internal one is always read.
 */
export async function gatherFacts(
  db: Db,
  making: Making,
  editions: readonly ReviewFacts['edition'][],
): Promise<LockedFacts> {
  const { customer, period, month, provider, lockedAt, sections = [], money = '' } = making
  const promised = await promises(db, period)
  const targets = targetFacts(promised, await tallies(db, period), await openBreached(db, period), month)
  const failed = targets.reduce((sum, target) => sum + target.failed, 0)
  const near = targets.reduce((sum, target) => sum + target.nearMisses, 0)
  const checked = await quality(db, period)
  const availability = await availabilityFacts(db, making)
  const told: Partial<Record<ReviewFacts['edition'], Record<string, unknown>>> = {}
  for (const edition of new Set<ReviewFacts['edition']>(['internal', ...editions]))
    told[edition] = await gatherSections(db, sections, { period, month, lockedAt, edition, money })
  return {
    form: 1,
    lockedAt: lockedAt.toISOString(),
    provider,
    customer: { name: customer.name, timeZone: customer.timeZone, language: customer.language },
    month,
    from: period.from.toISOString(),
    to: period.to.toISOString(),
    basis: 'RESOLVED_IN_PERIOD',
    agreements: agreementsIn(promised),
    notes: [...notesOf(period, promised, checked), ...(await adjustedNotes(db, customer.id, month))],
    excluded: targets.reduce((sum, target) => sum + target.excluded, 0),
    targets,
    misses: await withReasons(db, await cases(db, period, 'missed'), failed),
    nearMisses: await listed(db, await cases(db, period, 'near'), near),
    volumes: volumesOf(await flows(db, period), await dimensions(db, period), month),
    backlogAge: ageFacts(await ages(db, period)),
    reported: checked.reportedMet + checked.reportedFailed === 0 ? null : reportedFacts(checked),
    ...(availability.length > 0 && { availability }),
    teams: await byTeam(db, period),
    sections: told,
  }
}

/** What of a lock an edition carries: what is private to the provider is in the internal one alone. */
export function editionOf(
  { sections, teams, misses, ...facts }: LockedFacts,
  { edition, report, version }: { readonly edition: Edition; readonly report: ReportKind; readonly version: number },
): Omit<ReviewFacts, 'incidents'> {
  const internal = edition === 'internal'
  const told = sections[edition] ?? {}
  return {
    ...facts,
    edition,
    ...(report !== 'R01' && { report }),
    version,
    misses: internal ? misses : { ...misses, items: misses.items.map(withoutHandovers) },
    teams: internal ? teams : null,
    ...(Object.keys(told).length > 0 && { sections: told }),
  }
}

/** Who hands on to whom is the provider's own affair. */
function withoutHandovers(each: ReviewCase): ReviewCase {
  return each.why === undefined ? each : { ...each, why: { ...each.why, handovers: null } }
}

/** What was promised of services being there, and what came of it by the moment of the facts. */
async function availabilityFacts(db: Db, { customer, month, lockedAt }: Making): Promise<AvailabilityFacts[]> {
  const asked = { customer: customer.id, month, serviceTime: 'false' as const }
  const { items } = await reportAvailability({ db, now: lockedAt }, asked)
  const ms = (seconds: number) => Math.round(seconds * 1000)
  return items.map(({ promise, met, ...item }) => ({
    service: promise.serviceName,
    calendar: promise.calendarName,
    from: item.from.toISOString(),
    to: item.to.toISOString(),
    targetPpm: promise.targetPpm,
    basis: promise.basis,
    agreedMs: ms(item.agreedSeconds),
    downMs: ms(item.downSeconds),
    maintenanceMs: ms(item.maintenanceSeconds),
    excludedMs: ms(item.excludedSeconds),
    unwatchedMs: ms(item.blindSeconds),
    verdict: met === null ? 'not-measured' : met ? 'met' : 'missed',
  }))
}

function agreementsIn(promised: readonly PromiseRow[]): ReviewFacts['agreements'] {
  const versions = new Map(
    promised
      .filter(({ inForce }) => inForce)
      .map(({ agreementId, agreement, version, validFrom, validTo, calendar }) => [
        `${agreementId} ${version}`,
        {
          name: agreement,
          version,
          validFrom: validFrom.toISOString(),
          validTo: validTo?.toISOString() ?? null,
          calendar,
        },
      ]),
  )
  return [...versions.values()]
}

function notesOf(
  { to, asOf }: Period,
  promised: readonly PromiseRow[],
  { withoutPromise, closedWithoutResolution, onlyOurs, onlyTheirs, compared }: Awaited<ReturnType<typeof quality>>,
): Note[] {
  const notes: Note[] = []
  if (asOf < to) notes.push({ kind: 'month-unfinished' })
  const versions = agreementsIn(promised)
  if (versions.length === 0) notes.push({ kind: 'no-agreement' })
  for (const [agreement, held] of Map.groupBy(versions, ({ name }) => name)) {
    if (held.length > 1) notes.push({ kind: 'agreement-changed', agreement })
  }
  // Without any agreement the note above says it all.
  if (withoutPromise > 0 && versions.length > 0) notes.push({ kind: 'without-promise', incidents: withoutPromise })
  if (closedWithoutResolution > 0) notes.push({ kind: 'closed-without-resolution', incidents: closedWithoutResolution })
  if (onlyOurs + onlyTheirs > 0) notes.push({ kind: 'verdicts-differ', incidents: onlyOurs + onlyTheirs, compared })
  return notes
}

function reportedFacts(checked: Awaited<ReturnType<typeof quality>>): NonNullable<ReviewFacts['reported']> {
  const { reportedMet, reportedFailed, compared, bothMet, onlyOurs, onlyTheirs } = checked
  return { met: reportedMet, failed: reportedFailed, compared, bothMet, onlyOurs, onlyTheirs }
}
