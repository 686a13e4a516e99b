import type { AvailabilityOfService } from '#api/availability'
import type { Format } from '#web/ui/format.ts'
import type { Standing } from '#web/ui/state.tsx'

export { percentOf, shareWords } from '#web/modules/service-levels/index.ts'

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
