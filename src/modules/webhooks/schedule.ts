const SECOND_MS = 1000
const MINUTE_MS = 60 * SECOND_MS
const HOUR_MS = 60 * MINUTE_MS

/** How long after each failed attempt the next one follows, as Standard Webhooks has it: over three days in all. */
const DELAYS_MS = [
  5 * SECOND_MS,
  5 * MINUTE_MS,
  30 * MINUTE_MS,
  2 * HOUR_MS,
  5 * HOUR_MS,
  10 * HOUR_MS,
  14 * HOUR_MS,
  20 * HOUR_MS,
  24 * HOUR_MS,
]

/** So many failed attempts after one another, of whatever, and nothing more is sent until somebody has looked. */
export const PAUSED_AFTER = 20

/**
 * Milliseconds until the next attempt, up to a tenth more so that not all come back at once; null when there is none.
 *
 * @param attempts How many there were, at least one.
 * @param chance From 0 to 1.
 */
export function waitAfter(attempts: number, chance: number): number | null {
  const delay = DELAYS_MS[attempts - 1]
  return delay === undefined ? null : Math.round(delay * (1 + chance / 10))
}
