import type { Reason } from '#core/may.ts'
import { LinkButton } from '#web/ui/button.tsx'
import { Page } from '#web/ui/page.tsx'
import { useText } from '#web/ui/text.tsx'

/** In place of a page that is not there for whoever asks: why, and the way back. */
export function NotYours({ reason }: { readonly reason: Reason }) {
  const t = useText()
  return (
    <Page title={t('app.not-yours.title')} lede={t(reason)}>
      <p style={{ marginTop: 16 }}>
        <LinkButton to={reason === 'may.books' ? '/portfolio' : '/portal'} main>
          {t(reason === 'may.books' ? 'app.not-found.portfolio' : 'app.not-found.reports')}
        </LinkButton>
      </p>
    </Page>
  )
}
