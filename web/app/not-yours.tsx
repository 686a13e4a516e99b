import type { Reason } from '#core/may.ts'
import type { TextKey } from '#web/locales/catalogue.ts'
import { LinkButton } from '#web/ui/button.tsx'
import { Page } from '#web/ui/page.tsx'
import { useText } from '#web/ui/text.tsx'

/** Where those go on who have pages of their own. */
const ways: Readonly<Partial<Record<Reason, { readonly to: string; readonly label: TextKey }>>> = {
  'may.books': { to: '/portfolio', label: 'app.not-found.portfolio' },
  'may.suppliers': { to: '/own-suppliers', label: 'app.not-found.suppliers' },
}

/** In place of a page that is not there for whoever asks: why, and the way back. */
export function NotYours({ reason }: { readonly reason: Reason }) {
  const t = useText()
  return (
    <Page title={t('app.not-yours.title')} lede={t(reason)}>
      <p style={{ marginTop: 16 }}>
        <LinkButton to={ways[reason]?.to ?? '/portal'} main>
          {t(ways[reason]?.label ?? 'app.not-found.reports')}
        </LinkButton>
      </p>
    </Page>
  )
}
