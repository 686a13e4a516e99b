import type { Priority } from '#api/service-levels'
import type { WhatIfFigure } from '#api/what-if'
import { pooled, type Tally } from '#core/attainment.ts'

type Metric = WhatIfFigure['metric']

/** A line of the table: null where it is over all months or priorities. */
export interface FigureRow {
  readonly month: string | null
  readonly priority: Priority | null
  readonly metric: Metric
  readonly before: Tally
  readonly after: Tally
}

export type FigureGrouping = 'month' | 'priority' | 'both'

const metricOrder: readonly Metric[] = ['resolution', 'response', 'restore', 'next-update', 'fulfilment']

/** The whole period by metric, then its parts. */
export function figureRows(figures: readonly WhatIfFigure[], by: FigureGrouping): FigureRow[] {
  const rowsBy = (keyOf: (figure: WhatIfFigure) => Pick<FigureRow, 'month' | 'priority'>): FigureRow[] => {
    const groups = Map.groupBy(figures, (figure) => {
      const { month, priority } = keyOf(figure)
      return `${month ?? ''} ${priority ?? ''} ${metricOrder.indexOf(figure.metric)}`
    })
    return [...groups]
      .toSorted(([one], [other]) => (one < other ? -1 : 1))
      .map(([, group]) => ({
        ...keyOf(group[0]!),
        metric: group[0]!.metric,
        before: pooled(group.map(({ before }) => before)),
        after: pooled(group.map(({ after }) => after)),
      }))
  }
  const whole = rowsBy(() => ({ month: null, priority: null }))
  const parts = rowsBy(({ month, priority }) => ({
    month: by === 'priority' ? null : month,
    priority: by === 'month' ? null : priority,
  }))
  return [...whole, ...parts]
}
