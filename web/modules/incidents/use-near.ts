import { type RefCallback, useCallback, useState } from 'react'

/** Before it is seen: what is asked for now is there when it is reached. */
const AHEAD = '2400px'

/** Whether an element is near to what is shown, and where to put it. */
export function useNear(): readonly [boolean, RefCallback<HTMLElement>] {
  const [near, setNear] = useState(false)
  const ref = useCallback((element: HTMLElement | null) => {
    if (element === null) return undefined
    const observer = new IntersectionObserver((entries) => setNear(entries.at(-1)?.isIntersecting ?? false), {
      rootMargin: AHEAD,
    })
    observer.observe(element)
    return () => observer.disconnect()
  }, [])
  return [near, ref]
}
