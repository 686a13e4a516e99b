/** What values cannot leave, such as 0 and 100 for a percentage: limits beyond are cut there. */
export interface Bounds {
  readonly least: number
  readonly most: number
}

/** How a series usually varies (XmR chart, DOMAIN §3.12). */
export interface Limits {
  readonly mean: number
  readonly lower: number
  readonly upper: number
  /** What the step from one value to the next stays under. */
  readonly range: number
  /** Values that they were made from. */
  readonly from: number
}

/** Why a value is news: it left the limits, or a run, a drift or a lean that chance rarely makes. */
export type Pattern = 'outside' | 'run' | 'drift' | 'outer'

export interface Deviation {
  readonly pattern: Pattern
  readonly direction: 'higher' | 'lower'
}

const MEAN_TO_LIMIT = 2.66
const RANGE_LIMIT = 3.268
const RUN = 8
const DRIFT = 6

/** From so many values limits are provisional, usable, firm; at each they are made anew, and never after. */
const PROVISIONAL_FROM = 6
export const USABLE_FROM = 12
const FIRM_FROM = 20

/** Limits of all values; null from fewer than six. A missing value (null) breaks the moving range. */
export function limitsOf(values: readonly (number | null)[], { least, most }: Bounds): Limits | null {
  const measured = values.filter((value) => value !== null)
  const ranges: number[] = []
  for (const [index, value] of values.entries()) {
    const before = values[index - 1] ?? null
    if (value !== null && before !== null) ranges.push(Math.abs(value - before))
  }
  if (measured.length < PROVISIONAL_FROM || ranges.length === 0) return null
  const mean = meanOf(measured)
  const step = meanOf(ranges)
  return {
    mean,
    lower: Math.max(least, mean - MEAN_TO_LIMIT * step),
    upper: Math.min(most, mean + MEAN_TO_LIMIT * step),
    range: RANGE_LIMIT * step,
    from: measured.length,
  }
}

/**
 * Why the last of the values is news against the limits, the strongest reason first; null when it is not, or was not
 * measured. A missing value breaks every run; a value on the line, and a repeated one in a drift, cross nothing.
 */
export function deviationOf(
  values: readonly (number | null)[],
  { mean, lower, upper, range }: Limits,
): Deviation | null {
  const last = values.at(-1) ?? null
  if (last === null) return null
  if (last > upper || last < lower) return { pattern: 'outside', direction: last > upper ? 'higher' : 'lower' }
  for (const sign of [1, -1] as const) {
    const direction = sign === 1 ? 'higher' : 'lower'
    const beyond = (line: number) => (value: number | null) => value !== null && (value - line) * sign > 0
    if (tail(values, RUN)?.every(beyond(mean))) return { pattern: 'run', direction }
    if (drifts(tail(values, DRIFT + 1), sign)) return { pattern: 'drift', direction }
    // Of the whole way to the limit, also where that is cut: a share that is mostly 100 % does not lean towards 100 %.
    const outerThird = mean + (sign * MEAN_TO_LIMIT * range * 2) / (RANGE_LIMIT * 3)
    const leaning = tail(values, 3)?.filter(beyond(outerThird)).length ?? 0
    if (leaning >= 2 && beyond(outerThird)(last)) return { pattern: 'outer', direction }
  }
  return null
}

export interface Stretch {
  /** First value and the one after the last, as positions in the series. */
  readonly from: number
  readonly to: number
  readonly limits: Limits | null
  readonly standing: 'none' | 'provisional' | 'usable' | 'firm'
}

export interface ChartSignal extends Deviation {
  readonly at: number
}

export interface Chart {
  /** From each change of the baseline to the next. */
  readonly stretches: readonly Stretch[]
  /** In order. */
  readonly signals: readonly ChartSignal[]
}

/**
 * A series with its limits and everything in it that is news.
 *
 * @param rebased Positions from which limits were made anew, because something is known to have changed for good.
 */
export function chartOf(values: readonly (number | null)[], bounds: Bounds, rebased: readonly number[] = []): Chart {
  const starts = [...new Set([0, ...rebased.filter((at) => at > 0 && at < values.length)])].toSorted((a, b) => a - b)
  const stretches: Stretch[] = []
  const signals: ChartSignal[] = []
  for (const [index, from] of starts.entries()) {
    const to = starts[index + 1] ?? values.length
    const own = values.slice(from, to)
    const { limits, standing } = baselineOf(own, bounds)
    stretches.push({ from, to, limits, standing })
    if (limits === null) continue
    for (const at of own.keys()) {
      const deviation = deviationOf(own.slice(0, at + 1), limits)
      if (deviation === null || (deviation.pattern === 'run' && isUsual(own, at, bounds))) continue
      signals.push({ at: from + at, ...deviation })
    }
  }
  return { stretches, signals }
}

/**
 * Whether a run is of what is usual anyway: of rare events most months know none, and eight such months in a row are no
 * news (DOMAIN §3.12). Only of the best or worst value there can be, and where most of the other values are the same; what
 * used to be more and is nothing now stays news.
 */
function isUsual(values: readonly (number | null)[], at: number, { least, most }: Bounds): boolean {
  const value = values[at] ?? null
  if (value === null || (value !== least && value !== most)) return false
  let [first, last] = [at, at]
  while (values[first - 1] === value) first -= 1
  while (values[last + 1] === value) last += 1
  if (at - first + 1 < RUN) return false
  const others = values.filter((other, index) => other !== null && (index < first || index > last))
  return 2 * others.filter((other) => other === value).length > others.length
}

/**
 * Limits from the first six, twelve or twenty values: they are not made anew with each value, or they would hide a drift.
 * Nor are they made firm from values of which one was news against the twelve before: that asks for a cause.
 */
function baselineOf(values: readonly (number | null)[], bounds: Bounds): Pick<Stretch, 'limits' | 'standing'> {
  const usable = limitsOf(untilMeasured(values, USABLE_FROM), bounds)
  if (usable !== null) {
    const long = untilMeasured(values, FIRM_FROM)
    const quiet = long.every((_, at) => at < USABLE_FROM || deviationOf(long.slice(0, at + 1), usable) === null)
    const firm = quiet ? limitsOf(long, bounds) : null
    return firm === null ? { limits: usable, standing: 'usable' } : { limits: firm, standing: 'firm' }
  }
  const provisional = limitsOf(untilMeasured(values, PROVISIONAL_FROM), bounds)
  return { limits: provisional, standing: provisional === null ? 'none' : 'provisional' }
}

/** The values from the first until so many were measured; none when there are not that many. */
function untilMeasured(values: readonly (number | null)[], count: number): readonly (number | null)[] {
  let seen = 0
  for (const [index, value] of values.entries()) {
    if (value !== null) seen += 1
    if (seen === count) return values.slice(0, index + 1)
  }
  return []
}

/**
 * Whether limits may be made anew from there on: only where the values stay away, or a leap is followed by more of it. What
 * begins there shows after a run at the latest.
 */
export function isSustained({ stretches, signals }: Chart, at: number): boolean {
  const stretch = stretches.find(({ from, to }) => from <= at && at < to)
  if (stretch === undefined) return false
  const later = signals.filter((signal) => signal.at >= at && signal.at < stretch.to)
  if (later[0] === undefined || later[0].at - at >= RUN) return false
  return later.some(({ pattern }) => pattern === 'run') || later.length >= 2
}

function meanOf(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length
}

function tail(values: readonly (number | null)[], length: number): readonly (number | null)[] | undefined {
  return values.length < length ? undefined : values.slice(-length)
}

function drifts(values: readonly (number | null)[] | undefined, direction: 1 | -1): boolean {
  if (values === undefined) return false
  return values.every((value, index) => {
    const before = values[index - 1]
    if (index === 0) return value !== null
    return value !== null && before !== null && before !== undefined && (value - before) * direction > 0
  })
}
