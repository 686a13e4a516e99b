import type { StripPoint } from './api.ts'
import type { LiveClock } from './incident-queries.ts'

const HOUR_MS = 3_600_000

/** With less service time left than this, a promise is soon to be kept or broken. */
export const SOON_SECONDS = 4 * 3600
/** How far the strip looks ahead. */
const STRIP_AHEAD_MS = 8 * HOUR_MS
const POINTS = 120

function leftOf({ targetSeconds, elapsedSeconds }: LiveClock): number {
  return targetSeconds - elapsedSeconds
}

/** Clocks that are not late, and have little of their service time left: by the open hours, not by those on the wall. */
export function soonOf(clocks: readonly LiveClock[]): LiveClock[] {
  return clocks.filter((clock) => leftOf(clock) >= 0 && leftOf(clock) <= SOON_SECONDS)
}

/**
 * The line of the day: what ran out in the last hours, and what will in the next ones, by when. Of an incident with two
 * clocks the one that is due first.
 *
 * @param next Clocks by when they are due, from the beginning of the strip on.
 * @param known Clocks of the incidents in the list, among them such as were late before they were counted last.
 */
export function stripOf(
  next: readonly LiveClock[],
  known: readonly LiveClock[],
  { now, from }: { readonly now: Date; readonly from: Date },
): { points: { from: Date; to: Date; points: StripPoint[] }; more: number } {
  const to = new Date(now.getTime() + STRIP_AHEAD_MS)
  const points = new Map<string, StripPoint>()
  const inOrder = [...next, ...known].toSorted(
    (one, other) => (one.dueAt?.getTime() ?? 0) - (other.dueAt?.getTime() ?? 0),
  )
  for (const clock of inOrder) {
    const { dueAt, incidentId, number } = clock
    if (dueAt === null || dueAt < from || dueAt >= to || points.has(incidentId)) continue
    const leftSeconds = leftOf(clock)
    const is = dueAt < now ? 'late' : leftSeconds <= clock.targetSeconds / 4 ? 'soon' : 'runs'
    points.set(incidentId, { id: incidentId, number, dueAt, leftSeconds, is })
  }
  const all = [...points.values()]
  return { points: { from, to, points: all.slice(0, POINTS) }, more: Math.max(0, all.length - POINTS) }
}
