import { dueAfter, openIntervals, type OpenTime } from '#core/calendar.ts'

/** The longest that a target may take by the clock on the wall, and when one starts that takes so long. */
export interface LongestWait {
  readonly start: number
  readonly due: number
}

/**
 * What a target of service time means at worst, over all starts in `[from, to)`: a promise of four hours until Friday
 * evening lasts the weekend. It is what another agreement that relies on this one has to reckon with. Null when nothing
 * that starts there ever becomes due.
 */
export function longestWait(open: OpenTime, targetMs: number, from: number, to: number): LongestWait | null {
  let longest: LongestWait | null = null
  const consider = (start: number) => {
    const due = dueAfter(open, start, targetMs)
    if (due !== null && (longest === null || due - start > longest.due - longest.start)) longest = { start, due }
  }
  consider(from)
  // Later within open hours the wait grows by the closed time that the due moment jumps over, and never shrinks before
  // closing; in closed time it shrinks until the opening. So it is longest for what starts at a closing.
  for (const { closes } of openIntervals(open, from, to)) {
    if (closes < to) consider(closes)
  }
  return longest
}
