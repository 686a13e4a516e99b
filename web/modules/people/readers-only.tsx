import type { ReactNode } from 'react'
import type { Asker, Reason } from '#core/may.ts'
import { useAsker } from '#web/modules/people/session.ts'
import { Empty } from '#web/ui/empty.tsx'
import { Page } from '#web/ui/page.tsx'
import { useText } from '#web/ui/text.tsx'

interface ReadersOnlyProps {
  /** Why somebody may not work here, or null. Auditors read all the same. */
  readonly barredFrom: (asker: Asker) => Reason | null
  readonly title: string
  readonly children: ReactNode
}

/** A page for those who may work on it, and for auditors; everybody else reads why it is none for them. */
export function ReadersOnly({ barredFrom, title, children }: ReadersOnlyProps) {
  const t = useText()
  const asker = useAsker()
  const barred = asker.access === 'auditor' ? null : barredFrom(asker)
  if (barred === null) return children
  return (
    <Page title={title}>
      <Empty title={title}>{t(barred)}</Empty>
    </Page>
  )
}
