import type { StripPoint } from '#api/today'

const HOUR_MS = 3_600_000
/** Of a letter, in pixels; a little more than most, so that words do not touch. */
const LETTER = 6.6
const GAP = 10

export interface StripScale {
  readonly x: (at: Date) => number
  /** Full hours within it. */
  readonly hours: readonly Date[]
}

/** Moments on a line of `width` pixels, with a margin of 8 at both ends. Hours are full ones where `offsetMinutes` from UTC is the clock. */
export function stripScale(from: Date, to: Date, width: number, offsetMinutes = 0): StripScale {
  const span = to.getTime() - from.getTime()
  const shift = (offsetMinutes % 60) * 60_000
  const first = Math.ceil((from.getTime() + shift) / HOUR_MS) * HOUR_MS - shift
  const hours: Date[] = []
  for (let at = first; at <= to.getTime(); at += HOUR_MS) hours.push(new Date(at))
  return { x: (at) => 8 + ((at.getTime() - from.getTime()) / span) * (width - 16), hours }
}

/** A word that wants to stand at a place of the line. */
export interface Wanted {
  readonly key: string
  readonly text: string
  readonly x: number
  /** Which end of the word stands there. */
  readonly anchor: 'start' | 'end'
}

/**
 * Those words that fit between `left` and `right` without touching each other; who comes first has the place. A word that
 * would run over the right edge stands at the other side of its mark.
 */
export function placed(wanted: readonly Wanted[], left: number, right: number): readonly Wanted[] {
  const taken: (readonly [number, number])[] = []
  return wanted.flatMap((given) => {
    const width = given.text.length * LETTER
    const beyond = given.anchor === 'start' && given.x + width > right
    const word = beyond ? { ...given, anchor: 'end' as const, x: given.x - 2 * GAP } : given
    const from = word.x - (word.anchor === 'end' ? width : 0)
    const to = from + width
    if (from < left || to > right || taken.some(([start, end]) => from < end + GAP && to > start - GAP)) return []
    taken.push([from, to])
    return [word]
  })
}

/** Which points are named: the last ones that became late, the next ones that are at risk. */
export function namedPoints(points: readonly StripPoint[]): {
  readonly late: readonly StripPoint[]
  readonly soon: readonly StripPoint[]
  readonly rest: number
} {
  const late = points.filter(({ is }) => is === 'late').toReversed()
  const soon = points.filter(({ is }) => is === 'soon')
  return { late, soon, rest: points.length - late.length - soon.length }
}
