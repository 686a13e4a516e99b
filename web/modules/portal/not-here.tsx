import type { Reason } from '#core/may.ts'
import { LinkButton } from '#web/ui/button.tsx'
import { Page } from '#web/ui/page.tsx'
import { useText } from '#web/ui/text.tsx'

/** For whoever reports nothing here: why, and where they do it. */
export function NotHere({ reason }: { readonly reason: Reason }) {
  const t = useText()
  return (
    <Page title={t('portal.title')} lede={t(reason)}>
      <p style={{ marginTop: 16 }}>
        <LinkButton to="/incidents">{t('portal.desk')}</LinkButton>
      </p>
    </Page>
  )
}
