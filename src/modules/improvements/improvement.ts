import type { Lifecycle } from '#core/lifecycle.ts'

/** DOMAIN §2.7. */
export const improvementStates = [
  'idea',
  'assessed',
  'approved',
  'plan',
  'do',
  'check',
  'standardised',
  'benefit-verified',
  'closed',
  'stopped',
] as const
export type ImprovementState = (typeof improvementStates)[number]

export const improvementLifecycle: Lifecycle<ImprovementState, string> = {
  idea: { assess: 'assessed', stop: 'stopped' },
  assessed: { approve: 'approved', stop: 'stopped' },
  approved: { plan: 'plan', stop: 'stopped' },
  plan: { do: 'do', stop: 'stopped' },
  do: { check: 'check', stop: 'stopped' },
  // What was found may ask for another round.
  check: { act: 'standardised', again: 'plan', stop: 'stopped' },
  standardised: { verify: 'benefit-verified', again: 'plan', stop: 'stopped' },
  'benefit-verified': { close: 'closed' },
  closed: {},
  stopped: {},
}

export const themes = [
  'quality',
  'efficiency',
  'zero-distance',
  'digital',
  'bureaucracy',
  'experience',
  'sustainability',
] as const
export const benefitTypes = ['cashable', 'time', 'risk', 'experience'] as const

/** One month of a figure, as its chart judges it. */
export interface Judged {
  /** `YYYY-MM` */
  readonly month: string
  readonly value: number | null
  readonly signal: { readonly pattern: string; readonly direction: 'higher' | 'lower' } | null
}

export interface Proof {
  readonly month: string
  readonly pattern: string
  readonly value: number
}

/**
 * The signal that shows a benefit: the latest of the figure after the month in which the work began, when it points to
 * where the figure is better. Null when there is none, when the latest points the other way, or when no way is better.
 */
export function benefitIn(
  series: readonly Judged[],
  { better, since }: { readonly better: 'up' | 'down' | 'none'; readonly since: string },
): Proof | null {
  const latest = series.findLast(({ month, value, signal }) => month > since && value !== null && signal !== null)
  if (better === 'none' || !latest?.signal || latest.value === null) return null
  const { month, value, signal } = latest
  return signal.direction === (better === 'up' ? 'higher' : 'lower') ? { month, value, pattern: signal.pattern } : null
}
