import { useEffect, useEffectEvent } from 'react'
import { barredFromWorking } from '#api/incidents'
import { useAsker } from '#web/modules/people/index.ts'

/** Takes what is pasted into the page, such as a screenshot; not what is pasted as text. */
export function usePastedFiles(take: (files: readonly File[]) => void, active: boolean): void {
  const may = barredFromWorking(useAsker()) === null
  const pasted = useEffectEvent((event: ClipboardEvent) => {
    const files = [...(event.clipboardData?.files ?? [])]
    if (files.length === 0) return
    event.preventDefault()
    take(files)
  })
  useEffect(() => {
    if (!active || !may) return undefined
    window.addEventListener('paste', pasted)
    return () => window.removeEventListener('paste', pasted)
  }, [active, may])
}
