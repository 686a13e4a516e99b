import { useRouter } from '@tanstack/react-router'
import type { MouseEvent, ReactNode } from 'react'

interface RowLinkProps {
  /** Of a page of ours. */
  readonly href: string
  readonly title?: string
  readonly children: ReactNode
}

/** The link of a row in a list of many: one that follows where the page is takes longer to make than all else in its row. */
export function RowLink({ href, title, children }: RowLinkProps) {
  const router = useRouter()
  function bring({ currentTarget }: { readonly currentTarget: Element }) {
    // Rows that only pass under the pointer are not meant.
    if (currentTarget.closest('[data-scrolling]') === null) void router.preloadRoute({ to: href })
  }
  function go(event: MouseEvent) {
    const { button, metaKey, ctrlKey, shiftKey, altKey } = event
    if (button !== 0 || metaKey || ctrlKey || shiftKey || altKey || event.defaultPrevented) return
    event.preventDefault()
    router.history.push(href)
  }
  return (
    <a href={href} title={title} onClick={go} onPointerEnter={bring} onFocus={bring}>
      {children}
    </a>
  )
}
