import { type RefCallback, useCallback, useState } from 'react'

/** The width of an element in pixels, kept up to date; `before` until it is there. */
export function useWidth<Shown extends HTMLElement>(before: number): readonly [number, RefCallback<Shown>] {
  const [width, setWidth] = useState(before)
  const ref = useCallback((element: Shown | null) => {
    if (element === null) return undefined
    setWidth(element.clientWidth)
    const observer = new ResizeObserver(() => setWidth(element.clientWidth))
    observer.observe(element)
    return () => observer.disconnect()
  }, [])
  return [width, ref]
}
