import { useEffect } from 'react'
import { CallFailure } from '#web/http/call-failure.ts'
import { notify } from '#web/ui/notices.tsx'
import { useSentenceOf } from '#web/ui/problem.tsx'

/**
 * Says what the server refused where nothing else on the page does: a form shows it beside its fields, a single button that
 * is pressed has no such place. Without this it would do nothing, and nobody would know why.
 */
export function Refusals() {
  const sentenceOf = useSentenceOf()
  useEffect(() => {
    function tell(event: PromiseRejectionEvent) {
      if (!(event.reason instanceof CallFailure)) return
      event.preventDefault()
      notify(sentenceOf(event.reason))
    }
    addEventListener('unhandledrejection', tell)
    return () => removeEventListener('unhandledrejection', tell)
  }, [sentenceOf])
  return null
}
