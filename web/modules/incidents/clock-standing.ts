import type { Clock } from '#api/incidents'

/** How a clock stands, in the words of the kit's `State`. */
export type Standing = 'runs' | 'soon' | 'miss' | 'paused' | 'met' | 'none'

/** From this share of the target on it is soon: the last quarter. */
const SOON_FROM = 0.75

/** Used of the target: over 1 when it is exceeded. */
export function usedShare({ elapsedSeconds, targetSeconds }: Pick<Clock, 'elapsedSeconds' | 'targetSeconds'>): number {
  return elapsedSeconds / targetSeconds
}

const standings: Readonly<Record<Clock['state'], Standing>> = {
  'not-started': 'none',
  running: 'runs',
  paused: 'paused',
  met: 'met',
  'breached-running': 'miss',
  'breached-stopped': 'miss',
  cancelled: 'none',
}

export function standingOf(clock: Pick<Clock, 'state' | 'elapsedSeconds' | 'targetSeconds'>): Standing {
  return clock.state === 'running' && usedShare(clock) >= SOON_FROM ? 'soon' : standings[clock.state]
}

export function hasStopped({ state }: Clock): boolean {
  return state === 'met' || state === 'breached-stopped' || state === 'cancelled'
}

/**
 * The clock that matters most now: of those not stopped the one that is due first, one without a due moment after those that
 * have one; of stopped ones a missed one, the resolution before the response. Null without clocks that count.
 */
export function leadingClock(clocks: readonly Clock[]): Clock | null {
  return byConsequence(clocks.filter(({ state }) => state !== 'cancelled' && state !== 'not-started'))[0] ?? null
}

/** All clocks, the one that matters most first. */
export function byConsequence(clocks: readonly Clock[]): readonly Clock[] {
  return clocks.toSorted((one, other) => {
    const [stopped, otherStopped] = [hasStopped(one), hasStopped(other)]
    if (stopped !== otherStopped) return stopped ? 1 : -1
    if (stopped) return weight(other) - weight(one)
    return (one.dueAt?.getTime() ?? Infinity) - (other.dueAt?.getTime() ?? Infinity) || weight(other) - weight(one)
  })
}

function weight({ state, metric }: Clock): number {
  return (state === 'breached-stopped' ? 2 : 0) + (metric === 'resolution' ? 1 : 0)
}

/** Counted beyond the target, in milliseconds; negative while there is time left. */
export function overMs({ elapsedSeconds, targetSeconds }: Clock): number {
  return (elapsedSeconds - targetSeconds) * 1000
}
