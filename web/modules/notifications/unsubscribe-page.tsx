import { useMutation } from '@tanstack/react-query'
import { Link, useLocation } from '@tanstack/react-router'
import { stopMails } from '#api/notifications'
import { call } from '#web/http/call.ts'
import { Button } from '#web/ui/button.tsx'
import { Page } from '#web/ui/page.tsx'
import { Problem } from '#web/ui/problem.tsx'
import { useText } from '#web/ui/text.tsx'
import classes from './unsubscribe-page.module.css'

/** By the link of a mail: no more of them, after one press. Mail programs open links by themselves, so opening does nothing. */
export function UnsubscribePage() {
  const t = useText()
  const token = decodeURIComponent(useLocation({ select: ({ hash }) => hash }))
  const stop = useMutation({ mutationFn: () => call(stopMails, { body: { token } }) })
  return (
    <main className={classes.page}>
      <Page
        title={t(stop.isSuccess ? 'notifications.stopped' : 'notifications.stop')}
        lede={
          stop.isSuccess
            ? t('notifications.stopped-more', { email: stop.data.email })
            : t(token === '' ? 'notifications.stop-broken' : 'notifications.stop-more')
        }
      >
        {stop.isError && <Problem failure={stop.error} />}
        {!stop.isSuccess && token !== '' && (
          <Button main busy={stop.isPending} onClick={() => stop.mutate()}>
            {t('notifications.stop-do')}
          </Button>
        )}
        <p className={classes.on}>
          <Link to="/notifications/settings">{t('notifications.to-settings')}</Link>
        </p>
      </Page>
    </main>
  )
}
