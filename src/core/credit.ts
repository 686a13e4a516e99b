/*
 * Service credits: what a month's misses cost, by one engine for all kinds of regime, in one fixed order (DOMAIN §3.4).
 * A credit adjusts a price: it is taken off the next charges, whose amount without tax and pass-through is its basis.
 */
import { allocated, basisPointsOf, partOf } from '#core/money.ts'
import { type CreditLine, judgedLines } from '#core/credit-lines.ts'
import { atLeast, judged, type Judged, type Measured } from '#core/credit-measure.ts'
import type { CreditLevel, CreditRegime } from '#core/credit-terms.ts'
import { weightOf } from '#core/credit-weight.ts'
import type { Tally } from '#core/attainment.ts'

/** A month: what is charged for it, and what was measured in it. */
export interface CreditPeriod {
  /** `YYYY-MM`. */
  readonly month: string
  /** Charges of the month without tax and pass-through, before credits. */
  readonly basisMinor: number
  readonly measured: readonly Measured[]
}

/** What became of one level in one month. */
export interface LevelCredit {
  readonly level: string
  readonly judged: Judged
  readonly event: string | null
  readonly claimed: boolean
  readonly severity: string | null
  /** Misses running, this one among them; 0 when it is none. */
  readonly running: number
  /** Points in hundredths, or the amount in the smallest unit, before anything is capped. */
  readonly weight: number
  readonly standing: 'met' | 'not-measured' | 'reported-only' | 'no-default' | 'not-claimed' | 'same-event' | 'counted'
  /** Its share of what the month costs in the end. */
  readonly shareMinor: number
}

export interface PeriodCredit {
  readonly month: string
  readonly basisMinor: number
  readonly levels: readonly LevelCredit[]
  /** In hundredths; of regimes that count points. */
  readonly points: number
  readonly uncappedMinor: number
  readonly amountMinor: number
  /** In the order of processing. */
  readonly lines: readonly CreditLine[]
}

export interface CreditYear {
  /** The month in which the contract’s year begins, 1 to 12. */
  readonly startMonth: number
  /** Charges of a whole contract year, where the yearly cap is of it; else those of its months so far. */
  readonly yearBasisMinor: number | null
}

/**
 * What each month costs. Months are in their order and follow each other; a month in which nothing was measured neither
 * adds to misses running nor ends them.
 */
export function creditsOf(
  regime: CreditRegime,
  periods: readonly CreditPeriod[],
  year: CreditYear,
): readonly PeriodCredit[] {
  const past: PeriodCredit[] = []
  for (const [index, period] of periods.entries()) {
    past.push(creditOf(regime, period, { earlier: periods.slice(0, index), past, year }))
  }
  return past
}

/** The first month of the contract’s year that a month belongs to. */
export function yearOf(month: string, startMonth: number): string {
  const [year, number] = month.split('-').map(Number) as [number, number]
  return `${number >= startMonth ? year : year - 1}-${String(startMonth).padStart(2, '0')}`
}

interface Before {
  readonly earlier: readonly CreditPeriod[]
  readonly past: readonly PeriodCredit[]
  readonly year: CreditYear
}

const countsPoints = ({ kind }: CreditRegime) => kind === 'points' || kind === 'points-table'

function creditOf(regime: CreditRegime, period: CreditPeriod, { earlier, past, year }: Before): PeriodCredit {
  const lines: CreditLine[] = []
  const weighed = regime.levels.flatMap((level) => {
    const measured = period.measured.find((each) => each.level === level.key)
    if (measured === undefined) return []
    const before = earlier.toReversed().flatMap((each) => tallyIn(each, level.key) ?? [])
    const result = judged(level, measured.tally, before)
    lines.push(...judgedLines(level, measured.tally.excluded, result))
    const miss = weightedMiss(regime, level, { period, measured, judged: result, past })
    lines.push(...miss.lines)
    return [miss.credit]
  })
  const levels = oncePerEvent(regime, weighed, lines)
  const counted = levels.filter(({ standing }) => standing === 'counted')
  const total = counted.reduce((sum, { weight }) => sum + weight, 0)
  const uncappedMinor = Math.max(0, pricedAt(regime, period, total, lines))
  const afterPeriod = cappedByPeriod(regime, period, uncappedMinor, lines)
  const amountMinor = cappedByYear(regime, { period, earlier, past, year }, afterPeriod, lines)
  if (counted.length > 0) lines.push({ step: 'result', level: null, says: 'result', values: { amountMinor } })
  const shares = allocated(
    amountMinor,
    counted.map(({ weight }) => weight),
  )
  return {
    month: period.month,
    basisMinor: period.basisMinor,
    levels: levels.map((each) => ({ ...each, shareMinor: shares[counted.indexOf(each)] ?? 0 })),
    points: countsPoints(regime) ? total : 0,
    uncappedMinor,
    amountMinor,
    lines,
  }
}

function tallyIn({ measured }: CreditPeriod, key: string): Tally | undefined {
  return measured.find(({ level }) => level === key)?.tally
}

interface Weighing {
  readonly period: CreditPeriod
  readonly measured: Measured
  readonly judged: Judged
  readonly past: readonly PeriodCredit[]
}

/** What one level's miss weighs, with how often it was missed before, and whether it counts at all. */
function weightedMiss(regime: CreditRegime, level: CreditLevel, { period, measured, judged: result, past }: Weighing) {
  const lines: CreditLine[] = []
  const base = { level: level.key, judged: result, event: measured.event ?? null, claimed: measured.claimed ?? false }
  const none = { ...base, severity: null, running: 0, weight: 0, shareMinor: 0 }
  if (result.outcome !== 'missed' || result.share === null)
    return {
      lines,
      credit: { ...none, standing: result.outcome === 'met' ? 'met' : 'not-measured' } satisfies LevelCredit,
    }
  const history = past.flatMap((each) => each.levels.find((one) => one.level === level.key) ?? [])
  const running = 1 + runningMisses(history)
  const missed = { ...none, running }
  if (!level.critical) {
    lines.push({ step: 'failure', level: level.key, says: 'reported-only', values: { targetPpm: level.targetPpm } })
    return { lines, credit: { ...missed, standing: 'reported-only' } satisfies LevelCredit }
  }
  if (regime.kind === 'at-risk' && !isDefault(level, result, past)) {
    const misses = 1 + missesIn(past.slice(-11), level.key)
    lines.push({
      step: 'failure',
      level: level.key,
      says: 'no-default',
      values: { misses, needed: level.defaultAfter },
    })
    return { lines, credit: { ...missed, standing: 'no-default' } satisfies LevelCredit }
  }
  const single = weightOf(regime, level, { basisMinor: period.basisMinor, measured, judged: result }, lines)
  const factor = regime.repeat[Math.min(running, regime.repeat.length) - 1] ?? 100
  const weight = partOf(single.weight, factor, 100)
  if (factor !== 100)
    lines.push({ step: 'repeat', level: level.key, says: 'repeated', values: { running, factor, weight } })
  const standing = regime.claimWithinDays !== null && !base.claimed ? 'not-claimed' : 'counted'
  if (standing === 'not-claimed') {
    lines.push({ step: 'claim', level: level.key, says: 'not-claimed', values: { days: regime.claimWithinDays! } })
  }
  return { lines, credit: { ...missed, severity: single.severity, weight, standing } satisfies LevelCredit }
}

function runningMisses(history: readonly LevelCredit[]): number {
  let running = 0
  for (const {
    judged: { outcome },
  } of history.toReversed()) {
    if (outcome === 'met') break
    if (outcome === 'missed') running += 1
  }
  return running
}

function missesIn(past: readonly PeriodCredit[], key: string): number {
  return past.filter(({ levels }) =>
    levels.some(({ level, judged: { outcome } }) => level === key && outcome === 'missed'),
  ).length
}

function isDefault(level: CreditLevel, { share }: Judged, past: readonly PeriodCredit[]): boolean {
  if (level.minimumPpm !== null && share !== null && !atLeast(share, level.minimumPpm)) return true
  return 1 + missesIn(past.slice(-11), level.key) >= level.defaultAfter
}

/** Of several misses by one cause the dearest counts, the first of equally dear ones. */
function oncePerEvent(
  regime: CreditRegime,
  levels: readonly LevelCredit[],
  lines: CreditLine[],
): readonly LevelCredit[] {
  if (!regime.singleEvent) return levels
  return levels.map((each, index) => {
    if (each.standing !== 'counted' || each.event === null) return each
    const dearest = levels
      .map((other, at) => ({ ...other, at }))
      .filter(({ standing, event }) => standing === 'counted' && event === each.event)
      .reduce((best, other) => (other.weight > best.weight ? other : best))
    if (dearest.at === index) return each
    lines.push({
      step: 'single-event',
      level: each.level,
      says: 'same-event',
      values: { event: each.event, kept: dearest.level },
    })
    return { ...each, standing: 'same-event' }
  })
}

/** What the month's points or amounts come to before caps. */
function pricedAt(regime: CreditRegime, { basisMinor }: CreditPeriod, total: number, lines: CreditLine[]): number {
  if (total === 0) return 0
  const say = (says: CreditLine['says'], values: CreditLine['values']) =>
    lines.push({ step: 'sum', level: null, says, values })
  if (!countsPoints(regime)) {
    say('amounts-total', { amountMinor: total })
    return total
  }
  const creditBp =
    regime.kind === 'points-table'
      ? (regime.table.findLast(({ points }) => points * 100 <= total)?.creditBp ?? 0) * 100
      : regime.perPointBp * total
  const amountMinor = partOf(basisMinor, creditBp, 1_000_000)
  say('points-total', { points: total / 100, creditBp: creditBp / 100, basisMinor, amountMinor })
  return amountMinor
}

/** A month costs no more than its cap, and of a pool no more than is at risk. */
function cappedByPeriod(
  regime: CreditRegime,
  { basisMinor }: CreditPeriod,
  amountMinor: number,
  lines: CreditLine[],
): number {
  const caps = [regime.kind === 'at-risk' ? regime.atRiskBp : null, regime.periodCapBp].flatMap((cap) => cap ?? [])
  if (caps.length === 0) return amountMinor
  const capBp = Math.min(...caps)
  const capMinor = basisPointsOf(basisMinor, capBp)
  if (amountMinor <= capMinor) return amountMinor
  lines.push({
    step: 'period-cap',
    level: null,
    says: 'period-cap',
    values: { capBp, basisMinor, capMinor, amountMinor },
  })
  return capMinor
}

/** What the yearly cap is, and how much of it was used by the months before; null where there is none. */
export function yearlyCap(
  { yearCap }: CreditRegime,
  { period, earlier, past, year }: Before & { readonly period: Pick<CreditPeriod, 'month' | 'basisMinor'> },
): { readonly capMinor: number; readonly usedMinor: number } | null {
  if (yearCap === null) return null
  const mine = yearOf(period.month, year.startMonth)
  const inWindow = <T extends { readonly month: string }>(all: readonly T[]) =>
    yearCap.window === 'rolling-12'
      ? all.slice(-11)
      : all.filter(({ month }) => yearOf(month, year.startMonth) === mine)
  const given = yearCap.window === 'contract-year' ? year.yearBasisMinor : null
  const basis = given ?? inWindow(earlier).reduce((sum, { basisMinor }) => sum + basisMinor, period.basisMinor)
  return {
    capMinor: basisPointsOf(basis, yearCap.capBp),
    usedMinor: inWindow(past).reduce((sum, each) => sum + each.amountMinor, 0),
  }
}

function cappedByYear(
  regime: CreditRegime,
  given: Before & { readonly period: CreditPeriod },
  amountMinor: number,
  lines: CreditLine[],
): number {
  const cap = yearlyCap(regime, given)
  if (cap === null) return amountMinor
  const leftMinor = Math.max(0, cap.capMinor - cap.usedMinor)
  if (amountMinor <= leftMinor) return amountMinor
  lines.push({ step: 'year-cap', level: null, says: 'year-cap', values: { ...cap, leftMinor, amountMinor } })
  return leftMinor
}
