import type { TrendPoint } from './facts.ts'

/** How a series of months usually varies (XmR chart, DOMAIN §3.12). */
export interface Limits {
  readonly mean: number
  readonly lower: number
  readonly upper: number
  /** Months that they were made from. */
  readonly months: number
  /** Made from fewer than twelve months. */
  readonly provisional: boolean
}

/** Why a month is news: it left the limits, or a run, a drift or a lean that chance rarely makes. */
export type Pattern = 'outside' | 'run' | 'drift' | 'outer'

export type Signal =
  | { readonly kind: 'unknown'; readonly why: 'few-months' | 'few-cases' }
  | { readonly kind: 'none'; readonly limits: Limits }
  | { readonly kind: 'higher' | 'lower'; readonly pattern: Pattern; readonly limits: Limits }

const MEAN_TO_LIMIT = 2.66
const LIMITS_FROM_MONTHS = 6
const FIRM_FROM_MONTHS = 12
const RUN_MONTHS = 8
const DRIFT_MONTHS = 6

/**
 * Whether the last of the values is news against those before it. A missing month (null) breaks the moving range and
 * every run. Values equal to the mean, and a repeated value in a drift, cross nothing.
 *
 * @param bounds What the values cannot leave: limits beyond are cut there.
 */
export function signalOf(
  values: readonly (number | null)[],
  bounds: { readonly least: number; readonly most: number },
): Signal {
  const last = values.at(-1) ?? null
  const limits = limitsOf(values.slice(0, -1), bounds)
  if (limits === null || last === null) return { kind: 'unknown', why: 'few-months' }
  const { mean, lower, upper } = limits
  if (last > upper || last < lower) return { kind: last > upper ? 'higher' : 'lower', pattern: 'outside', limits }
  for (const direction of [1, -1] as const) {
    const kind = direction === 1 ? 'higher' : 'lower'
    const beyond = (line: number) => (value: number | null) => value !== null && (value - line) * direction > 0
    if (tail(values, RUN_MONTHS)?.every(beyond(mean))) return { kind, pattern: 'run', limits }
    if (drifts(tail(values, DRIFT_MONTHS + 1), direction)) return { kind, pattern: 'drift', limits }
    const outerThird = mean + (((direction === 1 ? upper : lower) - mean) * 2) / 3
    const leaning = tail(values, 3)?.filter(beyond(outerThird)).length ?? 0
    if (leaning >= 2 && beyond(outerThird)(last)) return { kind, pattern: 'outer', limits }
  }
  return { kind: 'none', limits }
}

/** Null from fewer than six values. */
export function limitsOf(
  values: readonly (number | null)[],
  { least, most }: { readonly least: number; readonly most: number },
): Limits | null {
  const measured = values.filter((value) => value !== null)
  const ranges: number[] = []
  for (const [index, value] of values.entries()) {
    const before = values[index - 1] ?? null
    if (value !== null && before !== null) ranges.push(Math.abs(value - before))
  }
  if (measured.length < LIMITS_FROM_MONTHS || ranges.length === 0) return null
  const mean = meanOf(measured)
  const reach = MEAN_TO_LIMIT * meanOf(ranges)
  return {
    mean,
    lower: Math.max(least, mean - reach),
    upper: Math.min(most, mean + reach),
    months: measured.length,
    provisional: measured.length < FIRM_FROM_MONTHS,
  }
}

/** A share per month in percent; null where nothing was measured. */
export function shares(trend: readonly TrendPoint[]): (number | null)[] {
  return trend.map(({ met, failed }) => (met + failed === 0 ? null : (met * 100) / (met + failed)))
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
