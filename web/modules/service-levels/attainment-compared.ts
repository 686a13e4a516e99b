import { type AttainmentReport, type Metric, metrics, priorities, type Priority } from '#api/service-levels'
import { attainmentOf, type Tally } from '#core/attainment.ts'
import { FAIR_SAMPLE } from '#web/ui/format.ts'

/** One figure of two reports. */
export interface ComparedLine {
  /** Null for all of them together. */
  readonly priority: Priority | null
  readonly metric: Metric
  readonly one: Tally
  readonly other: Tally
  /** Percentage points by which the one is above the other; null where either has too few cases to say so. */
  readonly points: number | null
}

const nothing: Tally = { met: 0, failed: 0, excluded: 0 }

/** Figures of two reports by priority beside each other, then all together. What neither measured is left out. */
export function comparable(one: AttainmentReport, other: AttainmentReport): readonly ComparedLine[] {
  const line = (priority: Priority | null, metric: Metric): ComparedLine => {
    const of = ({ groups, total }: AttainmentReport) =>
      (priority === null ? total : groups.find(({ key }) => key === priority))?.byMetric[metric] ?? nothing
    return { priority, metric, one: of(one), other: of(other), points: pointsBetween(of(one), of(other)) }
  }
  return [...priorities, null]
    .flatMap((priority) => metrics.toReversed().map((metric) => line(priority, metric)))
    .filter((each) => [each.one, each.other].some(({ met, failed, excluded }) => met + failed + excluded > 0))
}

/** Two shares are compared only where each has enough cases for a percentage. */
function pointsBetween(one: Tally, other: Tally): number | null {
  const [first, second] = [attainmentOf(one), attainmentOf(other)]
  if (first === null || second === null) return null
  if (Math.min(first.denominator, second.denominator) < FAIR_SAMPLE) return null
  return (first.numerator / first.denominator - second.numerator / second.denominator) * 100
}
