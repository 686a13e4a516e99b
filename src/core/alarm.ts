import { breachAt, type ClockResult, thresholdAt } from '#core/clock.ts'

/** Something to be told of a clock: that it has used a share of its target, or that it is breached. */
export interface Alarm {
  /** Share of the target in basis points; {@link BREACH_BP} is the breach. */
  readonly shareBp: number
  /** Epoch milliseconds. */
  readonly at: number
}

export const BREACH_BP = 10_000

/** Told later than this after its instant, an alarm is marked as late. */
export const LATE_AFTER_MS = 30_000

/** What ended longer ago is news to nobody. */
const NEWS_FOR_MS = 7 * 86_400_000

/**
 * Everything that is to be told of a clock, told already or not, in its order: each share of the target and the breach
 * with the moment it was reached or, if nothing stops the clock, will be. While it is paused only what was reached before.
 * Empty when it was cancelled, never began, or ended more than a week before `now`.
 *
 * @param sharesBp Ascending, each below {@link BREACH_BP}.
 */
export function alarmsOf(result: ClockResult, sharesBp: readonly number[], now: number): Alarm[] {
  const { stoppedAt, state } = result
  if (state === 'cancelled' || state === 'not-started') return []
  if (stoppedAt !== null && stoppedAt < now - NEWS_FOR_MS) return []
  const alarms: Alarm[] = []
  for (const shareBp of sharesBp) {
    const at = thresholdAt(result, shareBp)
    if (at !== null) alarms.push({ shareBp, at })
  }
  const at = breachAt(result)
  if (at !== null) alarms.push({ shareBp: BREACH_BP, at })
  return alarms
}

/** What was told of a promise; `round` and target say of which one. */
export interface Told {
  readonly round: number
  readonly targetMs: number
  readonly toldBp: number
}

/**
 * The highest share that counts as told when a clock is stored. The same promise keeps what was told, whatever moved its
 * moments. Of one that was attached when shares of it were used up already, only the highest of them is told: breached
 * when it was attached is one message, not one for each threshold.
 *
 * @param before What was stored before; null for a first clock.
 */
export function toldOf(
  clock: Omit<Told, 'toldBp'>,
  before: Told | null,
  alarms: readonly Alarm[],
  now: number,
): number {
  if (before !== null && isSamePromise(clock, before)) return before.toldBp
  return alarms.filter(({ at }) => at <= now).at(-2)?.shareBp ?? 0
}

/** The highest share that was reached by `now`: what counts as told of a ticket brought in with its past. */
export function passedBp(alarms: readonly Alarm[], now: number): number {
  return alarms.findLast(({ at }) => at <= now)?.shareBp ?? 0
}

export function isSamePromise(one: Omit<Told, 'toldBp'>, other: Omit<Told, 'toldBp'>): boolean {
  return one.round === other.round && one.targetMs === other.targetMs
}

/** What is still to be told, in its order. */
export function untold(alarms: readonly Alarm[], toldBp: number): Alarm[] {
  return alarms.filter(({ shareBp }) => shareBp > toldBp)
}
