import type { ages, DimensionRow, FlowRow } from './fact-queries.ts'
import { AGE_BANDS, type ReviewFacts, TREND_MONTHS } from './facts.ts'
import { trendMonths } from './period.ts'

export function volumesOf(
  rows: readonly FlowRow[],
  detail: readonly DimensionRow[],
  month: string,
): ReviewFacts['volumes'] {
  const count = (of: (row: FlowRow) => boolean) => rows.reduce((sum, row) => (of(row) ? sum + row.incidents : sum), 0)
  const openAtEndOf = (index: number) =>
    count(({ opened, ended }) => opened <= index && (ended === null || ended > index))
  const trend = trendMonths(month).map((name, index) => ({
    month: name,
    opened: count(({ opened }) => opened === index),
    resolved: count(({ ended, resolved }) => ended === index && resolved),
    backlog: openAtEndOf(index),
  }))
  const reviewed = TREND_MONTHS - 1
  const { opened, resolved, backlog } = trend[reviewed]!
  const about = (bits: number) => detail.filter((row) => row.about === bits)
  return {
    opened,
    resolved,
    backlog,
    withdrawn: count((row) => row.ended === reviewed && !row.resolved),
    backlogBefore: openAtEndOf(reviewed - 1),
    trend,
    byPriority: about(0b011)
      .map((row) => ({ priority: row.priority!, ...flowOf(row) }))
      .toSorted((one, other) => one.priority.localeCompare(other.priority)),
    byService: about(0b101).map((row) => ({ name: row.name, ...flowOf(row) })),
    bySite: about(0b110).map((row) => ({ name: row.name, ...flowOf(row) })),
  }
}

function flowOf({ opened, resolved, backlog }: DimensionRow) {
  return { opened, resolved, backlog }
}

export function ageFacts(rows: Awaited<ReturnType<typeof ages>>): ReviewFacts['backlogAge'] {
  return {
    bands: AGE_BANDS.map((_, band) => rows.find((row) => row.band === band)?.incidents ?? 0),
    oldestDays: rows.length === 0 ? null : Math.max(...rows.map(({ oldestDays }) => oldestDays)),
  }
}
