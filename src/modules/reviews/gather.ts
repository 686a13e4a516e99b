import type { Holding } from '#core/handovers.ts'
import { holdingsUntil } from '#modules/incidents'
import { openMsBetween } from '#core/calendar.ts'
import { reportAvailability } from '#modules/availability'
import { agreementsOfClocks } from '#modules/service-levels'
import type { Db } from '#platform/context.ts'
import {
  ages,
  byTeam,
  type CaseRow,
  cases,
  dimensions,
  type DimensionRow,
  flows,
  type FlowRow,
  openBreached,
  type Period,
  type PromiseRow,
  promises,
  quality,
  type TallyRow,
  tallies,
} from './fact-queries.ts'
import {
  AGE_BANDS,
  type AvailabilityFacts,
  type Edition,
  LISTED_CASES,
  type Note,
  type ReportKind,
  type ReviewCase,
  type ReviewFacts,
  type TargetFacts,
  TREND_MONTHS,
} from './facts.ts'
import { adjustedNotes } from './adjusted.ts'
import { trendMonths } from './period.ts'
import type { Customer } from '#api/customers'
import { judge } from './verdict.ts'
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

/** Targets that held in the month or were measured in it: a promise is one as long as agreement, time and share are. */
function targetFacts(
  promised: readonly PromiseRow[],
  counted: readonly TallyRow[],
  open: readonly { readonly targetId: string; readonly open: number }[],
  month: string,
): TargetFacts[] {
  const reviewed = TREND_MONTHS - 1
  const targets = promised.filter((row): row is PromiseRow & { metric: TargetFacts['metric'] } => row.metric !== null)
  const relevant = targets.filter(
    ({ targetId, inForce }) =>
      inForce ||
      counted.some((tally) => tally.targetId === targetId && tally.month === reviewed) ||
      open.some((each) => each.targetId === targetId),
  )
  const alike = Map.groupBy(relevant, ({ agreementId, metric, priority, targetSeconds, attainmentBp }) =>
    [agreementId, metric, priority, targetSeconds, attainmentBp].join(' '),
  )
  const facts = [...alike.values()].map((same): TargetFacts => {
    const one = same.at(-1)!
    const ids = new Set(same.map(({ targetId }) => targetId))
    const now = sumOf(counted.filter((tally) => tally.month === reviewed && ids.has(tally.targetId)))
    // The trend is the promise's whatever its terms were then.
    const kin = new Set(
      targets
        .filter(
          ({ agreementId, metric, priority }) =>
            agreementId === one.agreementId && metric === one.metric && priority === one.priority,
        )
        .map(({ targetId }) => targetId),
    )
    const trend = trendMonths(month).map((name, index) => {
      const { met, failed } = sumOf(counted.filter((tally) => tally.month === index && kin.has(tally.targetId)))
      return { month: name, met, failed }
    })
    return {
      agreement: one.agreement,
      metric: one.metric,
      priority: one.priority,
      targetMs: one.targetSeconds * 1000,
      attainmentBp: one.attainmentBp,
      ...judge(now, one.attainmentBp),
      met: now.met,
      failed: now.failed,
      excluded: now.excluded,
      nearMisses: now.near,
      openBreached: open.filter((each) => ids.has(each.targetId)).reduce((sum, each) => sum + each.open, 0),
      trend,
    }
  })
  return facts.toSorted((one, other) => orderOf(one).localeCompare(orderOf(other)))
}

/** By agreement, then priority, the resolution before the response: what people wait for comes first. */
function orderOf({ agreement, priority, metric, targetMs }: TargetFacts): string {
  return `${agreement} ${priority} ${metric === 'resolution' ? 0 : 1} ${String(targetMs).padStart(15, '0')}`
}

function sumOf(rows: readonly TallyRow[]) {
  const sum = { met: 0, failed: 0, excluded: 0, near: 0 }
  for (const row of rows) {
    sum.met += row.met
    sum.failed += row.failed
    sum.excluded += row.excluded
    sum.near += row.near
  }
  return sum
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

/** Misses, each with what took its time, as far as its history tells. */
async function withReasons(db: Db, rows: readonly CaseRow[], total: number): Promise<ReviewFacts['misses']> {
  const { items, more } = await listed(db, rows, total)
  const holdings = await holdingsUntil(
    db,
    rows.map(({ incidentId, stoppedAt }) => ({ incidentId, until: stoppedAt })),
  )
  return { items: items.map((item, index) => ({ ...item, why: whyOf(holdings[index]!) })), more }
}

function whyOf({ stays, handovers }: Holding): NonNullable<ReviewCase['why']> {
  const waits = new Map<string, number>()
  for (const { from, to, waitsFor } of stays)
    if (waitsFor !== null) waits.set(waitsFor, (waits.get(waitsFor) ?? 0) + to - from)
  const [longest] = [...waits].toSorted(([, one], [, other]) => other - one)
  return {
    waitedFor: longest?.[0] ?? null,
    waitedMs: longest?.[1] ?? 0,
    handovers: handovers.length,
  }
}

async function listed(db: Db, rows: readonly CaseRow[], total: number): Promise<ReviewFacts['misses']> {
  const agreements = await agreementsOfClocks(db, rows)
  const items: ReviewCase[] = []
  for (const { incidentId: _, agreementVersionId, calendarVersionId, startedAt, dueAt, stoppedAt, ...row } of rows) {
    // Service time between start and end that the clock did not count: it was paused.
    const open = agreements.of({ agreementVersionId, calendarVersionId }).openOf(calendarVersionId)
    const served = startedAt === null ? 0 : openMsBetween(open, startedAt.getTime(), stoppedAt.getTime())
    items.push({
      ...row,
      startedAt: startedAt?.toISOString() ?? null,
      dueAt: dueAt?.toISOString() ?? null,
      stoppedAt: stoppedAt.toISOString(),
      pausedMs: Math.max(0, Math.round(served) - row.elapsedMs),
    })
  }
  return { items, more: Math.max(0, total - Math.min(items.length, LISTED_CASES)) }
}

function volumesOf(rows: readonly FlowRow[], detail: readonly DimensionRow[], month: string): ReviewFacts['volumes'] {
  const count = (of: (row: FlowRow) => boolean) => rows.reduce((sum, row) => (of(row) ? sum + row.incidents : sum), 0)
  const openAtEndOf = (index: number) =>
    count(({ opened, ended }) => opened <= index && (ended === null || ended > index))
  const trend = trendMonths(month).map((name, index) => ({
    month: name,
    opened: count(({ opened }) => opened === index),
    resolved: count(({ ended, resolved }) => ended === index && resolved),
    backlog: openAtEndOf(index),
  }))
  const reviewed = TREND_MONTHS - 1
  const { opened, resolved, backlog } = trend[reviewed]!
  const about = (bits: number) => detail.filter((row) => row.about === bits)
  return {
    opened,
    resolved,
    backlog,
    withdrawn: count((row) => row.ended === reviewed && !row.resolved),
    backlogBefore: openAtEndOf(reviewed - 1),
    trend,
    byPriority: about(0b011)
      .map((row) => ({ priority: row.priority!, ...flowOf(row) }))
      .toSorted((one, other) => one.priority.localeCompare(other.priority)),
    byService: about(0b101).map((row) => ({ name: row.name, ...flowOf(row) })),
    bySite: about(0b110).map((row) => ({ name: row.name, ...flowOf(row) })),
  }
}

function flowOf({ opened, resolved, backlog }: DimensionRow) {
  return { opened, resolved, backlog }
}

function ageFacts(rows: Awaited<ReturnType<typeof ages>>): ReviewFacts['backlogAge'] {
  return {
    bands: AGE_BANDS.map((_, band) => rows.find((row) => row.band === band)?.incidents ?? 0),
    oldestDays: rows.length === 0 ? null : Math.max(...rows.map(({ oldestDays }) => oldestDays)),
  }
}

function reportedFacts(checked: Awaited<ReturnType<typeof quality>>): NonNullable<ReviewFacts['reported']> {
  const { reportedMet, reportedFailed, compared, bothMet, onlyOurs, onlyTheirs } = checked
  return { met: reportedMet, failed: reportedFailed, compared, bothMet, onlyOurs, onlyTheirs }
}
