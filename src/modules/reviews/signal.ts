import {
  type Bounds,
  deviationOf,
  type Limits as Usual,
  limitsOf,
  type Pattern,
  USABLE_FROM,
} from '#core/control-chart.ts'
import type { TrendPoint } from './facts.ts'

/** How a series of months usually varies. */
interface Limits extends Usual {
  /** Months that they were made from. */
  readonly months: number
  /** Made from fewer than twelve months. */
  readonly provisional: boolean
}

export type Signal =
  | { readonly kind: 'unknown'; readonly why: 'few-months' | 'few-cases' }
  | { readonly kind: 'none'; readonly limits: Limits }
  | { readonly kind: 'higher' | 'lower'; readonly pattern: Pattern; readonly limits: Limits }

/** Whether the last of the values is news against those before it. */
export function signalOf(values: readonly (number | null)[], bounds: Bounds): Signal {
  const usual = limitsOf(values.slice(0, -1), bounds)
  if (usual === null || (values.at(-1) ?? null) === null) return { kind: 'unknown', why: 'few-months' }
  const limits = { ...usual, months: usual.from, provisional: usual.from < USABLE_FROM }
  const deviation = deviationOf(values, usual)
  if (deviation === null) return { kind: 'none', limits }
  return { kind: deviation.direction, pattern: deviation.pattern, limits }
}

/** A share per month in percent; null where nothing was measured. */
export function shares(trend: readonly TrendPoint[]): (number | null)[] {
  return trend.map(({ met, failed }) => (met + failed === 0 ? null : (met * 100) / (met + failed)))
}
