import {
  allowedFailures,
  attainmentOf,
  minimumSample,
  percentOf,
  pooled,
  type Ratio,
  ROLL_OVER_PERIODS,
  type Tally,
} from '#core/attainment.ts'
import { type CreditBand, type CreditLevel, WHOLE_PPM } from '#core/credit-terms.ts'

/** What a level came to in a month: cases, or seconds up and down. */
export interface Measured {
  readonly level: string
  readonly tally: Tally
  /** The one cause of its miss, where it has one; that of several misses makes them one event. */
  readonly event?: string | null
  /** Whether the customer claimed in time, where the contract wants that. */
  readonly claimed?: boolean
  /** Of bands of availability: the monthly fee of that service; else the charges of the month are the basis. */
  readonly feeMinor?: number
}

/** What a level came to, judged in the order of the contract: exclusions, small samples, rounding, then the target. */
export interface Judged {
  readonly outcome: 'met' | 'missed' | 'not-measured'
  readonly ratio: Ratio | null
  /** The share that is compared, after rounding; null when nothing was measured. */
  readonly share: Ratio | null
  readonly allowance: number | null
  readonly periods: number
}

/** @param before The months before, the latest first; rolling over takes what it needs of them. */
export function judged(level: CreditLevel, tally: Tally, before: readonly Tally[] = []): Judged {
  const { targetPpm, smallSample, roundTo } = level
  const targetBp = Math.floor(targetPpm / 100)
  const smallest = minimumSample(targetBp) ?? 0
  let [all, periods] = [tally, 1]
  if (smallSample === 'roll-over') {
    for (const earlier of before) {
      if (periods >= ROLL_OVER_PERIODS || all.met + all.failed >= smallest) break
      all = pooled([all, earlier])
      periods += 1
    }
  }
  const ratio = attainmentOf(all)
  if (ratio === null) return { outcome: 'not-measured', ratio, share: null, allowance: null, periods }
  const share = roundTo === null ? ratio : roundedShare(ratio, roundTo)
  if (smallSample === 'allowance' && ratio.denominator < smallest) {
    const allowance = allowedFailures(ratio.denominator, targetBp)
    return { outcome: all.failed <= allowance ? 'met' : 'missed', ratio, share, allowance, periods }
  }
  return { outcome: atLeast(share, targetPpm) ? 'met' : 'missed', ratio, share, allowance: null, periods }
}

/** Whether a share is `ppm` parts per million at least, without rounding. */
export function atLeast({ numerator, denominator }: Ratio, ppm: number): boolean {
  return BigInt(numerator) * BigInt(WHOLE_PPM) >= BigInt(ppm) * BigInt(denominator)
}

/** The band that a share falls into; undefined only where bands have a hole, which no agreed regime has. */
export function bandOf(bands: readonly CreditBand[], share: Ratio): CreditBand | undefined {
  return bands.find(
    ({ fromPpm, belowPpm }) => atLeast(share, fromPpm) && (belowPpm === null || !atLeast(share, belowPpm)),
  )
}

/** A percentage of so many decimals as a share. */
function roundedShare(ratio: Ratio, decimals: number): Ratio {
  const scale = 10 ** decimals
  return { numerator: Math.round(percentOf(ratio, decimals) * scale), denominator: 100 * scale }
}
