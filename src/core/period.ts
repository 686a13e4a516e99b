import type { Lifecycle } from '#core/lifecycle.ts'

export const periodStates = ['open', 'soft-closed', 'locked'] as const
export type PeriodState = (typeof periodStates)[number]

/** How a customer's month is settled. Closed softly it can be looked through and opened again; locked it stays. */
export const periodLifecycle: Lifecycle<PeriodState, string> = {
  open: { close: 'soft-closed' },
  'soft-closed': { open: 'open', lock: 'locked' },
  locked: {},
}

/** From this share of measured results on, so many are excluded that somebody should ask why: basis points. */
const EXCLUDED_FROM_BP = 500

/** Whether more than one in twenty results was excluded. Of none, none were. */
export function excludesMany({ met, failed, excluded }: { met: number; failed: number; excluded: number }): boolean {
  return excluded * 10_000 > (met + failed + excluded) * EXCLUDED_FROM_BP
}
