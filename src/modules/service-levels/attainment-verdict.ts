import {
  attainmentOf,
  minimumSample,
  type Ratio,
  reaches,
  type SmallSampleRule,
  type Tally,
  verdictOn,
} from '#core/attainment.ts'
import type { Levels, PromisedMetric, Terms } from './agreement.ts'

/** What a figure is in the terms of its agreement. */
export interface AgreedVerdict extends Tally {
  readonly metric: PromisedMetric
  readonly attainment: Ratio | null
  readonly targetBp: number
  readonly expectedBp: number | null
  readonly minimumBp: number | null
  readonly outcome: 'met' | 'missed' | 'not-measured'
  /** The highest of the agreed levels that was reached; with allowed failures the target is. */
  readonly level: 'expected' | 'target' | 'minimum' | 'below' | 'not-measured'
  /** From how many on a single failure leaves the target in reach; null for a target of 100 %. */
  readonly minimumSample: number | null
  /** Failures that were allowed for there was little to measure; null where the percentage decided. */
  readonly allowance: number | null
  /** Periods that were put together, and what they came to. */
  readonly periods: number
  readonly judged: Ratio | null
  readonly smallSample: SmallSampleRule
  readonly roundTo: number | null
}

/**
 * Judges what was measured of a metric as the agreement does.
 *
 * @param before The periods before, the latest first; for an agreement that rolls over.
 */
export function agreedVerdict(
  metric: PromisedMetric,
  { met, failed, excluded }: Tally,
  {
    levels,
    terms,
    before,
  }: { levels: Levels; terms: Pick<Terms, 'smallSample' | 'roundTo'>; before: readonly Tally[] },
): AgreedVerdict {
  const { targetBp, expectedBp = null, minimumBp = null } = levels
  const { smallSample, roundTo } = terms
  const { outcome, ratio, allowance, periods } = verdictOn(
    { met, failed, excluded },
    { targetBp, smallSample, roundTo },
    before,
  )
  const isAtLeast = (bp: number | null) => bp !== null && ratio !== null && reaches(ratio, bp, roundTo)
  let level: AgreedVerdict['level'] = 'below'
  if (outcome === 'not-measured') level = 'not-measured'
  else if (isAtLeast(expectedBp)) level = 'expected'
  else if (outcome === 'met') level = 'target'
  else if (isAtLeast(minimumBp)) level = 'minimum'
  return {
    metric,
    met,
    failed,
    excluded,
    attainment: attainmentOf({ met, failed, excluded }),
    targetBp,
    expectedBp,
    minimumBp,
    outcome,
    level,
    minimumSample: minimumSample(targetBp),
    allowance,
    periods,
    judged: ratio,
    smallSample,
    roundTo,
  }
}
