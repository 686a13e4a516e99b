import { useInfiniteQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { TextButton } from '#web/ui/button.tsx'
import { Dialog } from '#web/ui/dialog.tsx'
import { Problem } from '#web/ui/problem.tsx'
import { useText } from '#web/ui/text.tsx'
import { NotificationList } from './notification-list.tsx'
import { notificationsQuery, useMark } from './queries.ts'
import classes from './panel.module.css'

/** As many as are looked through without going to the page. */
const NEWEST = 12

/** What came lately, over the page. */
export function NotificationsPanel({ onClose }: { readonly onClose: () => void }) {
  const t = useText()
  const { data, error, isPending } = useInfiniteQuery(notificationsQuery('all', NEWEST))
  const { all } = useMark()
  // What comes while one reads is not marked with the rest.
  const [opened] = useState(() => new Date())
  const items = data?.pages[0]?.items ?? []
  return (
    <Dialog title={t('notifications.title')} onClose={onClose} width={620}>
      {error !== null && <Problem failure={error} />}
      {isPending && <p className="pl-quiet">{t('notifications.loading')}</p>}
      {data !== undefined && items.length === 0 && <p className="pl-quiet">{t('notifications.none-ever')}</p>}
      {items.length > 0 && <NotificationList items={items} onOpen={onClose} />}
      <div className={classes.foot}>
        <Link to="/notifications" search={{ show: 'all' }} onClick={onClose}>
          {t('notifications.to-all')}
        </Link>
        <Link to="/notifications/settings" onClick={onClose}>
          {t('notifications.to-settings')}
        </Link>
        {items.some(({ readAt }) => readAt === null) && (
          <TextButton onClick={() => all.mutate(opened)}>{t('notifications.mark-all')}</TextButton>
        )}
      </div>
    </Dialog>
  )
}
