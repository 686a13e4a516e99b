import type { Shift } from '#modules/credits'
import type { Counting, TriedClock } from '#modules/service-levels'
import type { WhatIf, WhatIfFigure } from './api.ts'

type Counts = { -readonly [Key in keyof NonNullable<WhatIf['counts']>]: number }

interface Tally {
  met: number
  failed: number
  excluded: number
}

type Figure = Omit<WhatIfFigure, 'before' | 'after'> & { readonly before: Tally; readonly after: Tally }

/** What is summed up while clocks are counted. */
export interface Figures {
  readonly counts: Counts
  readonly byKey: Map<string, Figure>
  readonly shifts: Map<string, Moved>
}

type Moved = { -readonly [Key in keyof Shift]: Shift[Key] }

export function addClock({ counts, byKey, shifts }: Figures, clock: TriedClock): void {
  const { was, is, differing } = clock
  counts.clocks += 1
  if (differing !== null) counts.differences += 1
  if (was?.verdict !== is?.verdict) counts.flips += 1
  if (was?.verdict === 'failed' && is?.verdict === 'met') counts.better += 1
  if (was?.verdict === 'met' && is?.verdict === 'failed') counts.worse += 1
  if (was !== null) figureIn(byKey, clock, was).before[was.verdict] += 1
  if (is !== null) figureIn(byKey, clock, is).after[is.verdict] += 1
  if (was?.verdict === is?.verdict && was?.month === is?.month) return
  if (was !== null) shiftIn(shifts, clock, was)[was.verdict] -= 1
  if (is !== null) shiftIn(shifts, clock, is)[is.verdict] += 1
}

function figureIn(byKey: Figures['byKey'], { priority, metric }: TriedClock, { month }: Counting): Figure {
  const key = `${month} ${priority} ${metric}`
  let figure = byKey.get(key)
  if (figure === undefined) {
    const none = () => ({ met: 0, failed: 0, excluded: 0 })
    figure = {
      month,
      priority: priority as Figure['priority'],
      metric: metric as Figure['metric'],
      before: none(),
      after: none(),
    }
    byKey.set(key, figure)
  }
  return figure
}

function shiftIn(shifts: Figures['shifts'], { priority, metric, serviceId }: TriedClock, { month }: Counting): Moved {
  const key = `${month} ${priority} ${metric} ${serviceId}`
  const shift = shifts.get(key) ?? { month, metric, priority, serviceId, met: 0, failed: 0, excluded: 0 }
  shifts.set(key, shift)
  return shift
}

/** By month, priority and metric. */
export function figuresOf({ byKey }: Figures): WhatIfFigure[] {
  return [...byKey].toSorted(([one], [other]) => (one < other ? -1 : 1)).map(([, figure]) => figure)
}
