import { type RefCallback, useCallback, useEffect, useRef } from 'react'

/** Before it is seen: what is asked for now is there when it is reached. */
const AHEAD = '2400px'

/** Calls `onSeen` whenever an element comes near to what is shown. */
export function useSeen(onSeen: () => void): RefCallback<HTMLElement> {
  const current = useRef(onSeen)
  useEffect(() => {
    current.current = onSeen
  })
  return useCallback((element: HTMLElement | null) => {
    if (element === null) return undefined
    const observer = new IntersectionObserver(
      (entries) => {
        if (entries.some(({ isIntersecting }) => isIntersecting)) current.current()
      },
      { rootMargin: AHEAD },
    )
    observer.observe(element)
    return () => observer.disconnect()
  }, [])
}
