import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { useText } from '#web/ui/text.tsx'

/** Stands for a case that counts, and that whoever looks must not know of: no number, no name, no way to it. */
export function Untold() {
  const t = useText()
  return <span className="pl-quiet">{t('app.untold')}</span>
}

interface CaseLinkProps {
  /** Null of a case that whoever looks must not know of. */
  readonly number: string | null
  /** Of a case that is an order and not an incident. */
  readonly requestId?: string | null | undefined
  readonly title?: string | null | undefined
  readonly children: ReactNode
}

/** The way from a figure's row to its incident or order, as far as whoever looks may know of it. */
export function CaseLink({ number, requestId = null, title, children }: CaseLinkProps) {
  if (number === null) return <Untold />
  return (
    <Link
      to={requestId === null ? '/incidents/$id' : '/requests/$id'}
      params={{ id: number }}
      title={title ?? undefined}
    >
      {children}
    </Link>
  )
}
