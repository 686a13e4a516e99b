import { type RefObject, useEffect, useRef, useState } from 'react'

/** Up to so many rows are simply there. */
export const ALL_UP_TO = 60
/** Rows beyond what is seen, on each side: what is scrolled to is there already. */
const BEYOND = 10
/** The window moves by so many rows at once, so that most steps of a scroll change nothing. */
const STEP = 8
/** Of a row of a dense table, until one was measured. */
const ROW_HEIGHT = 28

/** Screens a second: what goes by faster cannot be read. */
const UNREADABLE = 3
/** Screens a second: what goes by faster cannot be aimed at. */
const OUT_OF_REACH = 1
/** A frame that took longer is felt as a jerk. */
const FELT_MS = 24
/** Without a scroll for so long it has come to rest. */
const REST_MS = 100
/** So long after a scroll the row under the pointer is marked again. */
const POINT_MS = 300
/** At the body of a table whose page is being scrolled, for its style: `fast` while no row can be aimed at. */
const SCROLLING = 'data-scrolling'

/** How the page is being scrolled, and what it costs to follow. */
interface Motion {
  /** `performance.now()` of the last step, and where it led. */
  readonly at: number
  readonly top: number
  /** Of the last step, in screens a second. */
  readonly speed: number
  /** Whether the last change of rows made a frame late. */
  readonly costly: boolean
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
 * a phone, where rows differ in height, all are there, and the browser draws those in sight. Where the processor cannot
 * follow a scroll that nobody can read anyway, the rows come when it rests, so that the scroll itself stays smooth.
 */
export function useRowWindow(
  body: RefObject<HTMLTableSectionElement | null>,
  { count, on }: { readonly count: number; readonly on: boolean },
): RowWindow {
  const long = on && count > ALL_UP_TO
  const [seen, setSeen] = useState<RowWindow>({ first: 0, last: ALL_UP_TO, rowHeight: ROW_HEIGHT })
  const motion = useRef<Motion>({ at: 0, top: 0, speed: 0, costly: false })
  const shown = useRef(seen)
  useEffect(() => {
    if (!long) return undefined
    const element = body.current
    const narrow = matchMedia('(max-width: 640px)')
    let frame = 0
    let watch = 0
    let rest: ReturnType<typeof setTimeout> | undefined
    let still: ReturnType<typeof setTimeout> | undefined
    function look() {
      frame = 0
      if (body.current === null) return
      clearTimeout(rest)
      if (mayWait(motion.current, performance.now())) {
        rest = setTimeout(look, REST_MS)
        return
      }
      const next = narrow.matches ? { first: 0, last: count, rowHeight: ROW_HEIGHT } : windowOf(body.current, count)
      if (isSame(shown.current, next)) return
      shown.current = next
      setSeen(next)
      cancelAnimationFrame(watch)
      // The rows are made before the next frame, and drawn in it.
      watch = longestOfFrames(2, (ms) => (motion.current = { ...motion.current, costly: ms > FELT_MS }))
    }
    const mark = (how: 'fast' | 'slow') => {
      if (element?.getAttribute(SCROLLING) !== how) element?.setAttribute(SCROLLING, how)
    }
    const soon = () => {
      if (frame === 0) frame = requestAnimationFrame(look)
    }
    function scrolled() {
      const now = { at: performance.now(), top: scrollY, height: innerHeight }
      motion.current = { ...motion.current, ...step(motion.current, now) }
      // Fast until it rests: each change of the mark would have all rows styled anew.
      if (motion.current.speed > OUT_OF_REACH) mark('fast')
      else if (element?.hasAttribute(SCROLLING) === false) mark('slow')
      clearTimeout(still)
      still = setTimeout(() => {
        mark('slow')
        still = setTimeout(() => element?.removeAttribute(SCROLLING), POINT_MS - REST_MS)
      }, REST_MS)
      soon()
    }
    look()
    addEventListener('scroll', scrolled, { passive: true })
    addEventListener('resize', soon)
    return () => {
      clearTimeout(rest)
      clearTimeout(still)
      element?.removeAttribute(SCROLLING)
      cancelAnimationFrame(frame)
      cancelAnimationFrame(watch)
      removeEventListener('scroll', scrolled)
      removeEventListener('resize', soon)
    }
  }, [body, count, long])
  if (!long) return { first: 0, last: count, rowHeight: ROW_HEIGHT }
  // What was measured of a longer list may not be there any more.
  const last = Math.min(count, seen.last)
  return { ...seen, first: Math.max(0, Math.min(seen.first, last - 1)), last }
}

/** How fast the last step of a scroll was; after a rest it begins anew. */
export function step(
  before: Pick<Motion, 'at' | 'top'>,
  { at, top, height }: { readonly at: number; readonly top: number; readonly height: number },
): Pick<Motion, 'at' | 'top' | 'speed'> {
  const ms = at - before.at
  return { at, top, speed: ms > REST_MS ? 0 : (Math.abs(top - before.top) / height / Math.max(1, ms)) * 1000 }
}

/** Whether the rows may come later: nobody can read them, and bringing them would make the scroll jerk. */
export function mayWait({ at, speed, costly }: Pick<Motion, 'at' | 'speed' | 'costly'>, now: number): boolean {
  return costly && speed > UNREADABLE && now - at < REST_MS
}

function isSame(one: RowWindow, other: RowWindow): boolean {
  return one.first === other.first && one.last === other.last && one.rowHeight === other.rowHeight
}

/** Tells the longest of the coming frames, in ms, once they are over; gives what cancels the first wait. */
function longestOfFrames(count: number, tell: (ms: number) => void, longest = 0): number {
  const from = performance.now()
  return requestAnimationFrame(() => {
    const ms = Math.max(longest, performance.now() - from)
    if (count === 1) tell(ms)
    else longestOfFrames(count - 1, tell, ms)
  })
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
