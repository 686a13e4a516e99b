import { useLocation } from '@tanstack/react-router'
import { Alone } from '#web/app/standalone.tsx'
import { LinkButton } from '#web/ui/button.tsx'
import { Page } from '#web/ui/page.tsx'
import { Text, useText } from '#web/ui/text.tsx'

/** An address at which there is nothing. */
export function NotFound() {
  const t = useText()
  const { pathname } = useLocation()
  return (
    <Alone>
      <Page
        title={t('app.not-found.title')}
        lede={<Text id="app.not-found.lede" values={{ path: pathname }} components={{ code: <code /> }} />}
      >
        <p style={{ marginTop: 16 }}>
          <LinkButton to="/" main>
            {t('app.not-found.today')}
          </LinkButton>
        </p>
      </Page>
    </Alone>
  )
}
