import { useEffect, useEffectEvent } from 'react'

/** Takes files that are pasted into the page, such as a screenshot; not what is pasted as text. */
export function usePasted(take: (files: readonly File[]) => void): void {
  const pasted = useEffectEvent((event: ClipboardEvent) => {
    const files = [...(event.clipboardData?.files ?? [])]
    if (files.length === 0) return
    event.preventDefault()
    take(files)
  })
  useEffect(() => {
    window.addEventListener('paste', pasted)
    return () => window.removeEventListener('paste', pasted)
  }, [])
}
