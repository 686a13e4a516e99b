import { attainmentOf, type Ratio } from '#core/attainment.ts'
import { atLeast } from '#core/credit-measure.ts'
import { type CreditLevel, type CreditRegime, type EarnBack, WHOLE_PPM } from '#core/credit-terms.ts'
import { type CreditPeriod, type PeriodCredit, yearOf } from '#core/credit.ts'
import { daysAfter, monthsAfter } from '#core/recurrence.ts'
import { over, plus, rational, type Rational } from '#core/rational.ts'

/** A credit of one level that may be earned back, or was. Provisional until that is decided. */
export interface EarnBackEntry {
  readonly level: string
  /** The month of the credit; of averages the first month of the contract’s year, whose credits stand together. */
  readonly month: string
  readonly creditMinor: number
  /** What each month has of it: the level’s share of that month’s credit. */
  readonly months: readonly { readonly month: string; readonly amountMinor: number }[]
  /** The average so far; null of the other kind, and where nothing was measured. */
  readonly average: Ratio | null
  readonly neededPpm: number
  readonly outcome: 'provisional' | 'earned-back' | 'kept'
}

/** The first month after those that decide whether a credit of one month is earned back, `YYYY-MM`. */
export function decidedFrom(earnBack: EarnBack, month: string, startMonth: number): string {
  if (earnBack.kind === 'average') return monthsAfter(`${yearOf(month, startMonth)}-01`, 12).slice(0, 7)
  return monthsAfter(`${month}-01`, 1 + earnBack.months).slice(0, 7)
}

/** The last day on which it can be claimed back; null where nothing has to be claimed. */
export function lastClaimDay(earnBack: EarnBack, month: string, startMonth: number): string | null {
  const { claimWithinDays } = earnBack
  if (claimWithinDays === undefined || claimWithinDays === null) return null
  return daysAfter(`${decidedFrom(earnBack, month, startMonth)}-01`, claimWithinDays - 1)
}

/** The ledger of what may be earned back, level by level; empty where the contract says nothing of it. */
export function earnBackLedger(
  regime: CreditRegime,
  {
    periods,
    credits,
    startMonth,
  }: {
    readonly periods: readonly CreditPeriod[]
    readonly credits: readonly PeriodCredit[]
    readonly startMonth: number
  },
): readonly EarnBackEntry[] {
  const { earnBack } = regime
  if (earnBack === null) return []
  if (earnBack.kind === 'higher-target') {
    return regime.levels.flatMap((level) => byHigherTarget(level, periods, credits, earnBack.months))
  }
  const years = [...new Set(periods.map(({ month }) => yearOf(month, startMonth)))]
  return years.flatMap((year) =>
    regime.levels.flatMap((level) => {
      const months = periods.filter(({ month }) => yearOf(month, startMonth) === year)
      const shares = credits
        .filter(({ month }) => yearOf(month, startMonth) === year)
        .map((each) => ({ month: each.month, amountMinor: shareOf(each, level.key) }))
        .filter(({ amountMinor }) => amountMinor !== 0)
      const creditMinor = shares.reduce((sum, { amountMinor }) => sum + amountMinor, 0)
      if (creditMinor === 0) return []
      const average = averageOf(months, level.key, earnBack.average)
      const reached = average !== null && atLeast(average, level.targetPpm)
      const outcome = months.length < 12 ? 'provisional' : reached ? 'earned-back' : 'kept'
      const of = { level: level.key, month: year, creditMinor, months: shares }
      return [{ ...of, average, neededPpm: level.targetPpm, outcome } as const]
    }),
  )
}

function byHigherTarget(
  level: CreditLevel,
  periods: readonly CreditPeriod[],
  credits: readonly PeriodCredit[],
  months: number,
): readonly EarnBackEntry[] {
  const neededPpm = level.earnBackPpm ?? level.targetPpm
  return credits.flatMap((credit, index) => {
    const creditMinor = shareOf(credit, level.key)
    if (creditMinor === 0) return []
    // A month without a measurement says nothing: the next one takes its place.
    const after = periods
      .slice(index + 1)
      .flatMap((period) => ratioIn(period, level.key) ?? [])
      .slice(0, months)
    const failed = after.some((ratio) => !atLeast(ratio, neededPpm))
    const outcome = failed ? 'kept' : after.length < months ? 'provisional' : 'earned-back'
    const of = { level: level.key, month: credit.month, creditMinor }
    const shares = [{ month: credit.month, amountMinor: creditMinor }]
    return [{ ...of, months: shares, average: null, neededPpm, outcome } as const]
  })
}

function shareOf({ levels }: PeriodCredit, key: string): number {
  return levels.find(({ level }) => level === key)?.shareMinor ?? 0
}

function ratioIn({ measured }: CreditPeriod, key: string): Ratio | null {
  const found = measured.find(({ level }) => level === key)
  return found === undefined ? null : attainmentOf(found.tally)
}

/** Of a year: the mean of its months’ shares, or all its cases together. What was not measured is in neither. */
export function averageOf(months: readonly CreditPeriod[], key: string, kind: 'mean' | 'pooled'): Ratio | null {
  const ratios = months.flatMap((period) => ratioIn(period, key) ?? [])
  if (ratios.length === 0) return null
  if (kind === 'pooled') {
    return {
      numerator: ratios.reduce((sum, { numerator }) => sum + numerator, 0),
      denominator: ratios.reduce((sum, { denominator }) => sum + denominator, 0),
    }
  }
  const sum = ratios.reduce<Rational>(
    (all, { numerator, denominator }) => plus(all, rational(numerator, denominator)),
    rational(0),
  )
  const mean = over(sum, rational(ratios.length))
  // Denominators of a year multiply beyond exact numbers: then it is told in millionths of a percent, rounded down, so that
  // it never reaches what it does not reach.
  if (mean.denominator <= BigInt(Number.MAX_SAFE_INTEGER))
    return { numerator: Number(mean.numerator), denominator: Number(mean.denominator) }
  const scale = WHOLE_PPM * 100
  return { numerator: Number((mean.numerator * BigInt(scale)) / mean.denominator), denominator: scale }
}
