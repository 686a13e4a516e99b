import type { CreditLevel } from '#core/credit-terms.ts'
import type { Judged } from '#core/credit-measure.ts'

/** The order in which a credit is worked out; it is the same in every contract (DOMAIN §3.4). */
export const creditSteps = [
  'measure',
  'exclusions',
  'small-sample',
  'rounding',
  'failure',
  'repeat',
  'claim',
  'single-event',
  'sum',
  'period-cap',
  'year-cap',
  'result',
] as const
export type CreditStep = (typeof creditSteps)[number]

/**
 * One line of a statement, that whoever reads it can reckon again by hand: what is said (its sentence is in the catalogue as
 * `credits.line.…`) and the numbers in it. Amounts are in the smallest unit, shares in parts per million or as a fraction.
 */
export interface CreditLine {
  readonly step: CreditStep
  readonly level: string | null
  readonly says:
    | 'measured'
    | 'not-measured'
    | 'excluded'
    | 'rolled-over'
    | 'allowed'
    | 'rounded'
    | 'met'
    | 'reported-only'
    | 'no-default'
    | 'points'
    | 'amount-at-risk'
    | 'amount-of-gap'
    | 'amount-of-fee'
    | 'repeated'
    | 'not-claimed'
    | 'same-event'
    | 'points-total'
    | 'amounts-total'
    | 'period-cap'
    | 'year-cap'
    | 'result'
  readonly values: Readonly<Record<string, number | string>>
}

/** How a level was judged, from what was measured to whether it is a miss. */
export function judgedLines(level: CreditLevel, excluded: number, judged: Judged): readonly CreditLine[] {
  const { outcome, ratio, share, allowance, periods } = judged
  const line = (step: CreditStep, says: CreditLine['says'], values: CreditLine['values']): CreditLine => ({
    step,
    level: level.key,
    says,
    values,
  })
  const left = excluded > 0 ? [line('exclusions', 'excluded', { excluded })] : []
  if (ratio === null || share === null) return [line('measure', 'not-measured', {}), ...left]
  const { numerator, denominator } = ratio
  const { targetPpm, roundTo } = level
  return [
    line('measure', 'measured', { numerator, denominator }),
    ...left,
    ...(periods > 1 ? [line('small-sample', 'rolled-over', { periods })] : []),
    ...(allowance === null ? [] : [line('small-sample', 'allowed', { failed: denominator - numerator, allowance })]),
    ...(roundTo === null
      ? []
      : [
          line('rounding', 'rounded', {
            decimals: roundTo,
            numerator: share.numerator,
            denominator: share.denominator,
          }),
        ]),
    ...(outcome === 'met' ? [line('failure', 'met', { targetPpm })] : []),
  ]
}
