export interface TrendPoint {
  /** `Oct 2026` */
  readonly label: string
  /** Per cent, or whatever is measured; null where nothing was. */
  readonly value: number | null
  /** As it is written: `89.1 %`, `41 of 46`. */
  readonly written: string
  /** News, not noise: beyond what varies by itself, downwards or upwards. */
  readonly signal?: 'down' | 'up'
  /** Not yet: there is nothing to be measured, and no gap. */
  readonly ahead?: boolean
}

export interface TrendScale {
  readonly x: (index: number) => number
  readonly y: (value: number) => number
  readonly low: number
  readonly high: number
}

interface Frame {
  readonly left: number
  readonly right: number
  readonly top: number
  readonly bottom: number
}

/**
 * Where points lie: from the lowest to the highest of values and `others` (target, limits), with a little air. What is
 * always the same gets a range of one around it, so that a straight line is a straight line.
 */
export function trendScale(
  points: readonly TrendPoint[],
  others: readonly number[],
  { left, right, top, bottom }: Frame,
): TrendScale {
  const known = [...points.flatMap(({ value }) => (value === null ? [] : [value])), ...others]
  const least = known.length === 0 ? 0 : Math.min(...known)
  const most = known.length === 0 ? 1 : Math.max(...known)
  const air = most > least ? (most - least) * 0.06 : 0.5
  const low = least - air
  const high = most + air
  const step = points.length > 1 ? (right - left) / (points.length - 1) : 0
  return {
    low,
    high,
    x: (index) => (points.length > 1 ? left + index * step : right),
    y: (value) => bottom - ((value - low) / (high - low)) * (bottom - top),
  }
}

/** Runs of points beside each other that were measured: a line each, for where nothing was measured it breaks. */
export function runsOf(points: readonly TrendPoint[]): readonly (readonly number[])[] {
  const runs: number[][] = []
  for (const [index, { value }] of points.entries()) {
    if (value === null) continue
    const current = runs.at(-1)
    if (current?.at(-1) === index - 1) current.push(index)
    else runs.push([index])
  }
  return runs
}

/** What stands at the ends of lines has so much room at least. */
const LEAST_ROOM = 68
/** Of a letter of 12.5 pixels; of a narrow face even capitals are hardly wider on the average. */
const LETTER = 6.1

/** How much room, in pixels, the longest of what is written at the ends of lines takes, with its distance from them. */
export function roomFor(labels: readonly (string | undefined)[]): number {
  const longest = Math.max(0, ...labels.map((label) => label?.length ?? 0))
  return Math.max(LEAST_ROOM, Math.ceil(longest * LETTER) + 12)
}
