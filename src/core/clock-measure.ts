import { exceededAt, openUntil, reachedAt, type Boundary } from '#core/calendar.ts'
import { openingAfter, pausesOf } from '#core/pauses.ts'
import type { ClockSegment, ClockTarget } from '#core/clock-terms.ts'

/** What the runs among the segments count, and when that reached and exceeded the target within them. */
export function measure(segments: readonly ClockSegment[], target: ClockTarget, boundary: Boundary, carriedMs: number) {
  const { open, targetMs } = target
  let countedMs = carriedMs
  let dueAt: number | null = null
  let breachedAt: number | null = null
  for (const { from, to, kind } of segments) {
    if (kind === 'pause') continue
    const before = openUntil(open, from)
    const ranMs = openUntil(open, to) - before
    const leftMs = targetMs - countedMs
    if (dueAt === null && ranMs >= leftMs) dueAt = leftMs <= 0 ? from : reachedAt(open, before + leftMs)
    if (breachedAt === null && ranMs > leftMs) breachedAt = leftMs < 0 ? from : exceededAt(open, before + leftMs)
    countedMs += ranMs
  }
  // The same service time, shown where the agreement shows it.
  if (dueAt !== null && boundary === 'next-opening') {
    const pauses = segments.filter(({ kind }) => kind === 'pause').map(({ from, to }) => [from, to] as const)
    dueAt = openingAfter(open, dueAt, pausesOf(pauses)) ?? dueAt
  }
  return { countedMs, dueAt, breachedAt }
}
