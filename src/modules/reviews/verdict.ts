import {
  type AttainmentTerms,
  allowedFailures,
  minimumSample,
  reaches,
  type Tally,
  verdictOn,
} from '#core/attainment.ts'
import type { TargetFacts } from './facts.ts'

export type Judgement = Pick<TargetFacts, 'verdict' | 'allowedFailures' | 'byAllowance'>

/** How promises are judged: the exact share, and of too few cases one miss is borne (DOMAIN §3.3, ATT-02). */
const terms: Omit<AttainmentTerms, 'targetBp'> = { smallSample: 'allowance', roundTo: null }

/** What became of a promise. What only the allowance saved is told apart from what reached its share. */
export function judge(tally: Tally, targetBp: number): Judgement {
  const { outcome, ratio, allowance } = verdictOn(tally, { ...terms, targetBp })
  if (ratio === null) return { verdict: 'not-measured', allowedFailures: 0, byAllowance: false }
  const saved = outcome === 'met' && !reaches(ratio, targetBp)
  return {
    verdict: saved ? 'met-by-allowance' : outcome,
    allowedFailures: allowance ?? allowedFailures(ratio.denominator, targetBp),
    byAllowance: allowance !== null,
  }
}

/** Whether there are fewer cases than the promised share can be told from. */
export function smallSample(cases: number, targetBp: number): boolean {
  return cases < (minimumSample(targetBp) ?? 0)
}
