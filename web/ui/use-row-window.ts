import { type RefObject, useEffect, useRef, useState } from 'react'

/** Up to so many rows are simply there. */
export const ALL_UP_TO = 60
/** Rows beyond what is seen, on each side: what is scrolled to is there already. */
const BEYOND = 10
/** The window moves by so many rows at once, so that most steps of a scroll change nothing. */
const STEP = 8
/** Of a row of a dense table, until one was measured. */
const ROW_HEIGHT = 28

/** Screens a second: what goes by faster can neither be read nor aimed at. */
const OUT_OF_REACH = 1
/** Screens a second from which on nobody can make out a word: rows would only cost the scroll its frames. */
const BLUR = 3
/** A frame that took longer is felt as a jerk. */
const FELT_MS = 20
/** So many rows come in one frame of a fast scroll, to begin with. */
const ROWS_A_FRAME = 8
/** Fewer rows a frame than this are not worth the frames that they cost. */
const TOO_FEW = 3
/** Without a scroll for so long it has come to rest. */
const REST_MS = 250
/** So long after a scroll the row under the pointer is marked again. */
const POINT_MS = 450
/** At the body of a table whose page is being scrolled, for its style: `fast` while no row can be aimed at. */
const SCROLLING = 'data-scrolling'

/** How the page is being scrolled. */
interface Motion {
  /** `performance.now()` of the last step, and where it led. */
  readonly at: number
  readonly top: number
  /** Screens a second. */
  readonly speed: number
  /** It went by as a blur, and is not slow enough to be read again. */
  readonly blurred: boolean
}

/** How many rows a frame brings, and when the last one that brought some began; 0: none did. */
interface Pace {
  readonly rows: number
  readonly at: number
}

/** Which rows of a long table are there: from `first` up to `last`, exclusive. */
export interface RowWindow {
  readonly first: number
  readonly last: number
  /** In pixels; all rows are of one height. */
  readonly rowHeight: number
}

/**
 * Keeps of a hundred thousand rows only those in sight, and some beyond, in the document. Follows the page's own scroll. On
 * a phone, where rows differ in height, all are there, and the browser draws those in sight. While it is scrolled too fast
 * to read, each frame brings only as many rows as it has time for, and none while they would be a blur, so that the scroll
 * itself stays smooth.
 */
export function useRowWindow(
  body: RefObject<HTMLTableSectionElement | null>,
  { count, on }: { readonly count: number; readonly on: boolean },
): RowWindow {
  const long = on && count > ALL_UP_TO
  const [seen, setSeen] = useState<RowWindow>({ first: 0, last: ALL_UP_TO, rowHeight: ROW_HEIGHT })
  const motion = useRef<Motion>({ at: 0, top: 0, speed: 0, blurred: false })
  const shown = useRef(seen)
  useEffect(() => {
    if (!long) return undefined
    const element = body.current
    const narrow = matchMedia('(max-width: 640px)')
    let pace: Pace = { rows: ROWS_A_FRAME, at: 0 }
    let frame = 0
    let still: ReturnType<typeof setTimeout> | undefined
    function look(at = 0) {
      frame = 0
      if (body.current === null) return
      if (pace.at > 0) pace = { at: 0, rows: paced(pace.rows, at - pace.at) }
      const rests = narrow.matches || performance.now() - motion.current.at >= REST_MS
      if (rests) pace = { ...pace, rows: Math.max(pace.rows, TOO_FEW) }
      const most = rests ? count : rowsAt(motion.current, pace.rows, count)
      // Those that are there go by with the page: to take them away would cost as much as to bring others.
      if (most === 0) return
      const wanted = narrow.matches ? { first: 0, last: count, rowHeight: ROW_HEIGHT } : windowOf(body.current, count)
      const next = { ...wanted, ...toward(shown.current, wanted, most) }
      if (isSame(shown.current, next)) return
      shown.current = next
      setSeen(next)
      pace = { ...pace, at }
      // Once more: how long this one takes, and what is still to come.
      soon()
    }
    const mark = (how: 'fast' | 'slow') => {
      if (element?.getAttribute(SCROLLING) !== how) element?.setAttribute(SCROLLING, how)
    }
    const soon = () => {
      if (frame === 0) frame = requestAnimationFrame(look)
    }
    function scrolled() {
      const now = { at: performance.now(), top: scrollY, height: innerHeight }
      motion.current = step(motion.current, now)
      // Fast until it rests: each change of the mark would have all rows styled anew.
      if (motion.current.speed > OUT_OF_REACH) mark('fast')
      else if (element?.hasAttribute(SCROLLING) === false) mark('slow')
      clearTimeout(still)
      still = setTimeout(() => {
        mark('slow')
        // Now there is time for all that are seen.
        soon()
        still = setTimeout(() => element?.removeAttribute(SCROLLING), POINT_MS - REST_MS)
      }, REST_MS)
      soon()
    }
    look()
    addEventListener('scroll', scrolled, { passive: true })
    addEventListener('resize', soon)
    return () => {
      clearTimeout(still)
      element?.removeAttribute(SCROLLING)
      cancelAnimationFrame(frame)
      removeEventListener('scroll', scrolled)
      removeEventListener('resize', soon)
    }
  }, [body, count, long])
  if (!long) return { first: 0, last: count, rowHeight: ROW_HEIGHT }
  // What was measured of a longer list may not be there any more.
  const last = Math.min(count, seen.last)
  return { ...seen, first: Math.max(0, Math.min(seen.first, last - 1)), last }
}

/** How fast it is scrolled, in screens a second, by the last steps, for the browser makes many small ones of a large one; after a rest it begins anew. */
export function step(
  before: Motion,
  { at, top, height }: { readonly at: number; readonly top: number; readonly height: number },
): Motion {
  const ms = at - before.at
  if (ms > REST_MS) return { at, top, speed: 0, blurred: false }
  const speed = (before.speed + (Math.abs(top - before.top) / height / Math.max(1, ms)) * 1000) / 2
  // A wheel goes by jerks: between two of them it is not read either.
  return { at, top, speed, blurred: speed > BLUR || (before.blurred && speed > OUT_OF_REACH) }
}

type Span = Pick<RowWindow, 'first' | 'last'>

/** On the way from the rows that are there to those that are wanted: with at most so many that were not there. */
export function toward(shown: Span, wanted: Span, most: number): Span {
  const first = Math.max(shown.first, wanted.first)
  const last = Math.min(shown.last, wanted.last)
  // Nothing of it is there: from the middle of what is seen, and then to both sides.
  if (first >= last) {
    const middle = Math.floor((wanted.first + wanted.last - most) / 2)
    const from = Math.max(wanted.first, Math.min(middle, wanted.last - most))
    return { first: from, last: Math.min(wanted.last, from + most) }
  }
  const [above, below] = [first - wanted.first, wanted.last - last]
  // The side that lacks more is the one that it is scrolled to.
  const atTop = above > below ? Math.min(above, most) : Math.min(above, Math.max(0, most - below))
  return { first: first - atTop, last: last + Math.min(below, most - atTop) }
}

/** How many rows a frame may bring while it is scrolled so fast: all, as many as it has time for, or none for now. */
export function rowsAt({ speed, blurred }: Pick<Motion, 'speed' | 'blurred'>, most: number, all: number): number {
  if (speed <= OUT_OF_REACH) return all
  return blurred || most < TOO_FEW ? 0 : most
}

/** How many rows the next frame brings, after one that brought so many and took `ms`; at least one. */
export function paced(rows: number, ms: number): number {
  if (ms > FELT_MS) return Math.max(1, Math.floor(rows / 2))
  return ms < FELT_MS * 0.9 ? Math.min(ALL_UP_TO, rows + 1) : rows
}

function isSame(one: RowWindow, other: RowWindow): boolean {
  return one.first === other.first && one.last === other.last && one.rowHeight === other.rowHeight
}

function windowOf(body: HTMLTableSectionElement, count: number): RowWindow {
  const row = body.querySelector<HTMLElement>('tr[data-index]')
  const rowHeight = row?.getBoundingClientRect().height || ROW_HEIGHT
  return rowsInSight({ above: -body.getBoundingClientRect().top, height: innerHeight, rowHeight, count })
}

/** @param above Pixels of the rows that lie above what is seen; negative while they begin further down. */
export function rowsInSight({
  above,
  height,
  rowHeight,
  count,
}: {
  readonly above: number
  readonly height: number
  readonly rowHeight: number
  readonly count: number
}): RowWindow {
  const top = Math.floor(above / rowHeight) - BEYOND
  const first = Math.max(0, Math.min(Math.floor(top / STEP) * STEP, count - 1))
  const bottom = Math.ceil((above + height) / rowHeight) + BEYOND
  const last = Math.max(first + 1, Math.min(count, Math.ceil(bottom / STEP) * STEP))
  return { first, last, rowHeight }
}
