/** Results of one promise over a period. What is excluded is in neither side of the ratio. */
export interface Tally {
  readonly met: number
  readonly failed: number
  readonly excluded: number
}

/** A share as whole numbers, so that comparing it does not round. */
export interface Ratio {
  readonly numerator: number
  readonly denominator: number
}

/**
 * How a contract judges what is too little to be a percentage: as it is; with the failures allowed that a single one would
 * otherwise be too many of; or together with the periods before.
 */
export type SmallSampleRule = 'as-is' | 'allowance' | 'roll-over'

export interface AttainmentTerms {
  /** The share to be met, in basis points: 9500 is 95 %. */
  readonly targetBp: number
  readonly smallSample: SmallSampleRule
  /** Decimals of the percentage to which the contract rounds, half up, before it compares; null compares the exact share. */
  readonly roundTo: number | null
}

export interface Verdict {
  readonly outcome: 'met' | 'missed' | 'not-measured'
  readonly ratio: Ratio | null
  /** Failures that were allowed because there was little to measure; null where the percentage decided. */
  readonly allowance: number | null
  /** Periods that were put together: more than one only when rolled over. */
  readonly periods: number
}

const WHOLE_BP = 10_000

/** Rolling over looks back no further than this many periods, the judged one among them (DOMAIN, ATT-04). */
export const ROLL_OVER_PERIODS = 3

/** Met of measured; null when nothing was measured, which is not 100 %. */
export function attainmentOf({ met, failed }: Tally): Ratio | null {
  return met + failed === 0 ? null : { numerator: met, denominator: met + failed }
}

/** All of them as one: the attainment of several sites is that of all their tickets, not the mean of percentages. */
export function pooled(tallies: Iterable<Tally>): Tally {
  let [met, failed, excluded] = [0, 0, 0]
  for (const tally of tallies) {
    met += tally.met
    failed += tally.failed
    excluded += tally.excluded
  }
  return { met, failed, excluded }
}

/**
 * The mean of shares, between 0 and 1, for contracts that say so. What was not measured takes no part; null when nothing
 * was.
 */
export function meanShare(tallies: Iterable<Tally>): number | null {
  const shares = [...tallies].flatMap((tally) => attainmentOf(tally) ?? [])
  if (shares.length === 0) return null
  return shares.reduce((sum, { numerator, denominator }) => sum + numerator / denominator, 0) / shares.length
}

/** Whether the share reaches the target, exactly or after the contract's rounding. */
export function reaches(ratio: Ratio, targetBp: number, roundTo: number | null = null): boolean {
  if (roundTo === null) return ratio.numerator * WHOLE_BP >= targetBp * ratio.denominator
  return hundredths(ratio, roundTo) * 100 >= targetBp * 10 ** roundTo
}

/** The percentage with so many decimals, half up: 94.996 % is 95 with two. */
export function percentOf(ratio: Ratio, decimals: number): number {
  return hundredths(ratio, decimals) / 10 ** decimals
}

/** The percentage in units of its last decimal, half up, without ever leaving whole numbers. */
function hundredths({ numerator, denominator }: Ratio, decimals: number): number {
  return Math.floor((numerator * 100 * 10 ** decimals * 2 + denominator) / (2 * denominator))
}

/**
 * How many must be measured before a single failure leaves the target in reach: 20 for 95 %, 100 for 99 %. Null for a
 * target of 100 %, which no failure ever leaves in reach.
 */
export function minimumSample(targetBp: number): number | null {
  return targetBp >= WHOLE_BP ? null : Math.ceil(WHOLE_BP / (WHOLE_BP - targetBp))
}

/** How many of `measured` may fail: what the target leaves, and of a small sample at least one. None of 100 %. */
export function allowedFailures(measured: number, targetBp: number): number {
  const smallest = minimumSample(targetBp)
  if (smallest === null) return 0
  const left = Math.floor((measured * (WHOLE_BP - targetBp)) / WHOLE_BP)
  return measured < smallest ? Math.max(1, left) : left
}

/**
 * Judges a period as its contract does. `before` are the periods before it, the latest first, of which rolling over takes
 * as many as it needs.
 */
export function verdictOn(tally: Tally, terms: AttainmentTerms, before: readonly Tally[] = []): Verdict {
  const { targetBp, smallSample, roundTo } = terms
  const { judged, periods } =
    smallSample === 'roll-over' ? rolledOver(tally, targetBp, before) : { judged: tally, periods: 1 }
  const ratio = attainmentOf(judged)
  if (ratio === null) return { outcome: 'not-measured', ratio, allowance: null, periods }
  const smallest = minimumSample(targetBp)
  if (smallSample === 'allowance' && smallest !== null && ratio.denominator < smallest) {
    const allowance = allowedFailures(ratio.denominator, targetBp)
    return { outcome: judged.failed <= allowance ? 'met' : 'missed', ratio, allowance, periods }
  }
  return { outcome: reaches(ratio, targetBp, roundTo) ? 'met' : 'missed', ratio, allowance: null, periods }
}

/** The period together with those before it until there is enough to measure, or three are together. */
function rolledOver(tally: Tally, targetBp: number, before: readonly Tally[]): { judged: Tally; periods: number } {
  const smallest = minimumSample(targetBp) ?? 0
  let judged = tally
  let periods = 1
  for (const earlier of before) {
    if (periods >= ROLL_OVER_PERIODS || judged.met + judged.failed >= smallest) break
    judged = pooled([judged, earlier])
    periods++
  }
  return { judged, periods }
}

/** Excluded of all, a figure to watch in itself; null when there was nothing. */
export function exclusionRate({ met, failed, excluded }: Tally): Ratio | null {
  const all = met + failed + excluded
  return all === 0 ? null : { numerator: excluded, denominator: all }
}

/** The 97.5 % quantile of the normal distribution. */
const Z = 1.959_963_984_540_054

/**
 * Between which shares (0 to 1) the true attainment lies with 95 % confidence (Wilson). For internal eyes: it says how
 * little a small sample says.
 */
export function uncertainty({ numerator, denominator }: Ratio): { readonly low: number; readonly high: number } {
  const share = numerator / denominator
  const square = (Z * Z) / denominator
  const middle = (share + square / 2) / (1 + square)
  const half = (Z * Math.sqrt((share * (1 - share)) / denominator + square / (4 * denominator))) / (1 + square)
  return { low: Math.max(0, middle - half), high: Math.min(1, middle + half) }
}
