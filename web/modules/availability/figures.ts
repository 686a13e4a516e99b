import type { AvailabilityOfService } from '#api/availability'
import type { Format } from '#web/ui/format.ts'
import type { Standing } from '#web/ui/state.tsx'

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

/** `99.95 %`, with no more digits than were promised. */
export function targetWords(format: Format, targetPpm: number): string {
  return `${format.number(targetPpm / 10_000)} %`
}

/** A last quarter of the error budget is a doubt. */
const LITTLE = 0.25

/** How a promise stands: with little left of the month's budget it is in doubt as long as the month runs. */
export function standingOf(
  {
    met,
    monthLeftSeconds,
    monthBudgetSeconds,
  }: Pick<AvailabilityOfService, 'met' | 'monthLeftSeconds' | 'monthBudgetSeconds'>,
  isOver: boolean,
): Extract<Standing, 'met' | 'soon' | 'miss' | 'none'> {
  if (met === null) return 'none'
  if (!met) return 'miss'
  return !isOver && monthLeftSeconds < monthBudgetSeconds * LITTLE ? 'soon' : 'met'
}
