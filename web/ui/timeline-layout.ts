/** How something stands, for its colour; its words say it as well. */
export type TimelineStanding = 'none' | 'runs' | 'soon' | 'met' | 'miss'

/** A stretch of days. */
export interface TimelineBar {
  readonly from: string
  /** Exclusive. */
  readonly to: string
  readonly words: string
  readonly is?: TimelineStanding
}

/** A day that matters. */
export interface TimelineMark {
  readonly on: string
  readonly words: string
  readonly is?: TimelineStanding
}

export interface TimelineRow {
  readonly key: string
  readonly name: string
  readonly bars?: readonly TimelineBar[]
  readonly marks?: readonly TimelineMark[]
}

/** From here on, in per cent, words stand before their day. */
export const NEAR_END = 85

const at = (day: string) => Date.parse(`${day}T00:00Z`)

/** Where a day lies between two others, in per cent; what is outside lies at the edge. */
export function placeIn(from: string, to: string): (day: string) => number {
  const span = Math.max(at(to) - at(from), 1)
  return (day) => Math.min(100, Math.max(0, ((at(day) - at(from)) / span) * 100))
}

/** Words below the picture, without those that would stand on the ones before. */
export function lanes(
  scale: readonly TimelineMark[],
  place: (day: string) => number,
  apart = 17,
): readonly { readonly mark: TimelineMark; readonly at: number }[] {
  const shown: { mark: TimelineMark; at: number }[] = []
  for (const mark of scale) {
    const where = place(mark.on)
    // Near the end they stand before their day.
    const begins = where > NEAR_END ? where - apart : where
    if (shown.every((each) => begins - each.at >= apart)) shown.push({ mark, at: where })
  }
  return shown
}
