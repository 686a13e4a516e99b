import { type RefObject, useEffect, useState } from 'react'

/** Up to so many rows are simply there. */
const ALL_UP_TO = 120
/** Rows beyond what is seen, on each side: what is scrolled to is there already. */
const BEYOND = 24
/** The window moves by so many rows at once, so that most steps of a scroll change nothing. */
const STEP = 8
/** Of a row of a dense table, until one was measured. */
const ROW_HEIGHT = 28

/** Which rows of a long table are there: from `first` up to `last`, exclusive. */
export interface RowWindow {
  readonly first: number
  readonly last: number
  /** In pixels; all rows are of one height. */
  readonly rowHeight: number
}

/**
 * Keeps of a hundred thousand rows only those in sight, and some beyond, in the document. Follows the page's own scroll. On
 * a phone, where rows differ in height, all are there, and the browser draws those in sight.
 */
export function useRowWindow(
  body: RefObject<HTMLTableSectionElement | null>,
  { count, on }: { readonly count: number; readonly on: boolean },
): RowWindow {
  const long = on && count > ALL_UP_TO
  const [seen, setSeen] = useState<RowWindow>({ first: 0, last: ALL_UP_TO, rowHeight: ROW_HEIGHT })
  useEffect(() => {
    if (!long) return undefined
    const narrow = matchMedia('(max-width: 640px)')
    let frame = 0
    function look() {
      frame = 0
      if (body.current === null) return
      const next = narrow.matches ? { first: 0, last: count, rowHeight: ROW_HEIGHT } : windowOf(body.current, count)
      setSeen((before) =>
        before.first === next.first && before.last === next.last && before.rowHeight === next.rowHeight ? before : next,
      )
    }
    const soon = () => {
      if (frame === 0) frame = requestAnimationFrame(look)
    }
    look()
    addEventListener('scroll', soon, { passive: true })
    addEventListener('resize', soon)
    return () => {
      cancelAnimationFrame(frame)
      removeEventListener('scroll', soon)
      removeEventListener('resize', soon)
    }
  }, [body, count, long])
  if (!long) return { first: 0, last: count, rowHeight: ROW_HEIGHT }
  // What was measured of a longer list may not be there any more.
  const last = Math.min(count, seen.last)
  return { ...seen, first: Math.max(0, Math.min(seen.first, last - 1)), last }
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
