import { useEffect, useState } from 'react'

/** When the component goes away, gives the focus back to what had it before: for what lies over the page. */
export function useReturnFocus(): void {
  const [before] = useState(() => document.activeElement)
  useEffect(() => {
    return () => {
      if (before instanceof HTMLElement && before.isConnected) before.focus({ preventScroll: true })
    }
  }, [before])
}
