import type { AttainmentGroup, Priority } from '#api/service-levels'
import { addMonths } from '#web/ui/month.ts'
import type { FigureFilter } from './attainment-queries.ts'
import type { TableGrouping } from './attainment-search.ts'

/** The sum of all groups, which comes as one more of them. */
export const TOTAL = 'total'

/** Whether there is anything to show: a result, an exclusion, or what a source system reported. */
export function isMeasured({ byMetric, reported }: AttainmentGroup): boolean {
  return (
    reported !== null ||
    [byMetric.resolution, byMetric.response].some(({ met, failed, excluded }) => met + failed + excluded > 0)
  )
}

/**
 * The lowest share first, for that is what somebody has to look at; the latest month first. What has no name of its own is
 * last.
 */
export function inOrder(groups: readonly AttainmentGroup[], by: TableGrouping): readonly AttainmentGroup[] {
  if (by === 'month') return groups.toSorted((one, other) => other.key.localeCompare(one.key))
  const share = ({ attainment }: AttainmentGroup) =>
    attainment === null ? 1 : attainment.numerator / attainment.denominator
  return groups.toSorted(
    (one, other) =>
      Number(one.key === '') - Number(other.key === '') ||
      share(one) - share(other) ||
      one.label.localeCompare(other.label),
  )
}

interface Narrowing {
  readonly filter: FigureFilter
  readonly by: TableGrouping
  readonly priority?: Priority | undefined
}

/** What lies under a figure of a group; null where cases cannot be asked for, because they have no such thing. */
export function narrowedTo(group: string, { filter, by, priority }: Narrowing): FigureFilter | null {
  const own = { ...filter, priority }
  if (group === TOTAL) return own
  if (group === '') return null
  if (by !== 'month') return { ...own, [by]: group }
  // A period may begin or end within the month.
  const [from, to] = [`${group}-01`, `${addMonths(group, 1)}-01`]
  return { ...own, from: from > own.from ? from : own.from, to: to < own.to ? to : own.to }
}
