import type { Stretch, StretchKind } from '#web/ui/clock-stretches.ts'

/** A stretch on paper, in pixels from the left. */
export interface Box {
  readonly kind: StretchKind
  readonly x: number
  readonly width: number
  /** Shown when there is room for it. */
  readonly number: number | null
  readonly stretch: Stretch
}

export interface Label {
  /** Its beginning, its middle or its end, as `align` says. */
  readonly x: number
  readonly align: 'start' | 'middle' | 'end'
  readonly text: string
  readonly row: 'above' | 'below'
  readonly what: LabelKind
}

type LabelKind = 'day' | 'time' | 'closed' | 'now' | 'due' | 'promise' | 'stop'

/** A label that wants a place: the first of its `places` that is free. More important ones choose first. */
export interface LabelWish {
  readonly text: string
  readonly what: LabelKind
  readonly places: readonly {
    readonly x: number
    readonly row: 'above' | 'below'
    readonly align: 'start' | 'middle' | 'end'
  }[]
  readonly importance: number
}

/** Room left free at the end, behind what is due: for its label, where there is room for one. */
const AFTER_SHARE = 0.12
const AFTER_PX = 88
/** Each closed time is drawn this wide at most, in pixels and in shares of the whole; all of them together no more than that. */
const CLOSED_PX = 76
const CLOSED_SHARE = 0.07
const ALL_CLOSED_SHARE = 0.34
/** A pause is drawn as long as it was, up to this share of what counted: it must not hide the rest. */
const PAUSE_SHARE = 0.45
/** Nothing that was is thinner, in pixels. */
const LEAST_PX = 3
const NUMBER_PX = 20
/** Of a letter in the labels, on the safe side; there are no measures before there is a picture. */
const LETTER_PX = 6.5
const GAP_PX = 8

/** Lays the stretches out over `width` pixels: what counted in proportion, closed time short, pauses in bounds. */
export function layBoxes(stretches: readonly Stretch[], width: number): readonly Box[] {
  const closedCount = stretches.filter(({ kind }) => kind === 'closed').length
  const closedPx = Math.min(CLOSED_PX, width * CLOSED_SHARE, (width * ALL_CLOSED_SHARE) / Math.max(1, closedCount))
  const counted = stretches.reduce((sum, { countedSeconds }) => sum + countedSeconds, 0)
  const pauses = stretches.reduce((sum, stretch) => sum + (stretch.kind === 'pause' ? seconds(stretch) : 0), 0)
  const pauseScale = pauses > counted * PAUSE_SHARE && counted > 0 ? (counted * PAUSE_SHARE) / pauses : 1
  const weights = stretches.map((stretch) => {
    if (stretch.kind === 'closed') return 0
    return stretch.kind === 'pause' ? seconds(stretch) * pauseScale : stretch.countedSeconds
  })
  const total = weights.reduce((sum, weight) => sum + weight, 0)
  const room =
    width -
    Math.min(AFTER_PX, width * AFTER_SHARE) -
    closedCount * closedPx -
    LEAST_PX * (stretches.length - closedCount)
  let x = 0
  return stretches.map((stretch, index) => {
    const own = stretch.kind === 'closed' ? closedPx : LEAST_PX + (total > 0 ? (weights[index]! / total) * room : 0)
    const box = { kind: stretch.kind, x, width: own, number: own >= NUMBER_PX ? stretch.number : null, stretch }
    x += own
    return box
  })
}

/** Where a moment is, between the edges of the stretch in which it lies; null outside. */
export function xOf(boxes: readonly Box[], at: Date): number | null {
  const time = at.getTime()
  for (const { stretch, x, width } of boxes) {
    const from = stretch.from.getTime()
    const to = stretch.to.getTime()
    if (time >= from && time <= to && to > from) return x + ((time - from) / (to - from)) * width
  }
  return null
}

/** The bob hangs so far into the row below the bar, to both sides. */
const BOB_PX = 5

/**
 * Gives each label the first of its places where it covers none before it; what finds none is left out.
 *
 * @param bobX Where the bob of now hangs below the bar, if it does.
 */
export function placeLabels(wishes: readonly LabelWish[], width: number, bobX: number | null = null): readonly Label[] {
  const taken: { row: string; from: number; to: number }[] = []
  const placed: Label[] = []
  for (const { text, what, places } of wishes.toSorted((one, other) => other.importance - one.importance)) {
    const length = text.length * LETTER_PX
    for (const { x, row, align } of places) {
      const from = align === 'start' ? x : align === 'end' ? x - length : x - length / 2
      const underBob =
        bobX !== null && row === 'below' && what !== 'now' && from < bobX + BOB_PX && from + length > bobX - BOB_PX
      const fits = from >= 0 && from + length <= width && !underBob
      const free = taken.every(
        (other) => other.row !== row || from > other.to + GAP_PX || from + length + GAP_PX < other.from,
      )
      if (!fits || !free) continue
      taken.push({ row, from, to: from + length })
      placed.push({ x, align, text, row, what })
      break
    }
  }
  return placed
}

function seconds({ from, to }: Stretch): number {
  return (to.getTime() - from.getTime()) / 1000
}
