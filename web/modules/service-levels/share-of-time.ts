import type { Format } from '#web/ui/format.ts'

interface Ratio {
  readonly numerator: number
  readonly denominator: number
}

const DIGITS = 3
const STEP = 10 ** -DIGITS

/**
 * A share of time in per cent, to three digits. Rounding never makes it the whole, and never lifts what missed the target to it.
 *
 * @param targetPpm Parts per million.
 */
export function percentOf({ numerator, denominator }: Ratio, targetPpm = 0): number {
  const exact = (numerator / denominator) * 100
  const rounded = Math.round(exact / STEP) * STEP
  const target = targetPpm / 10_000
  const flatters = (numerator < denominator && rounded >= 100) || (exact < target && rounded >= target)
  return flatters ? Math.floor(exact / STEP) * STEP : rounded
}

/** `99.306 %`; `100 %` only of all the time. */
export function shareWords(format: Format, ratio: Ratio, targetPpm?: number): string {
  if (ratio.numerator === ratio.denominator) return `${format.number(100)} %`
  return `${format.number(percentOf(ratio, targetPpm), DIGITS)} %`
}
