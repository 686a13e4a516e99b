import { useSuspenseInfiniteQuery } from '@tanstack/react-query'
import { getRouteApi, useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { Button, Buttons, LinkButton } from '#web/ui/button.tsx'
import { Chips } from '#web/ui/chips.tsx'
import { Empty } from '#web/ui/empty.tsx'
import { Page } from '#web/ui/page.tsx'
import { useText } from '#web/ui/text.tsx'
import { NotificationList } from './notification-list.tsx'
import { notificationsQuery, useMark } from './queries.ts'
import classes from './notifications-page.module.css'

const route = getRouteApi('/shell/notifications')

/** What whoever is signed in was told of: what is unread first of all. */
export function NotificationsPage() {
  const t = useText()
  const navigate = useNavigate()
  const { show = 'unread' } = route.useSearch()
  const { data, hasNextPage, isFetchingNextPage, fetchNextPage } = useSuspenseInfiniteQuery(notificationsQuery(show))
  const { all } = useMark()
  const [opened] = useState(() => new Date())
  const items = data.pages.flatMap((each) => each.items)
  const unread = items.some(({ readAt }) => readAt === null)
  return (
    <Page
      title={t('notifications.title')}
      lede={t('notifications.lede')}
      actions={
        <>
          {unread && (
            <Button busy={all.isPending} onClick={() => all.mutate(opened)}>
              {t('notifications.mark-all')}
            </Button>
          )}
          <LinkButton to="/notifications/settings">{t('notifications.to-settings')}</LinkButton>
        </>
      }
    >
      <Chips
        label={t('notifications.show')}
        chips={[
          { value: 'unread', label: t('notifications.show-unread') },
          { value: 'all', label: t('notifications.show-all') },
        ]}
        value={show}
        onChange={(value) => void navigate({ to: '/notifications', search: value === 'all' ? { show: value } : {} })}
      />
      <div className={classes.list}>
        {items.length === 0 ? (
          <Empty title={t(show === 'all' ? 'notifications.none-ever' : 'notifications.none')}>
            {t('notifications.none-more')}
          </Empty>
        ) : (
          <NotificationList items={items} />
        )}
      </div>
      {hasNextPage && (
        <Buttons>
          <Button busy={isFetchingNextPage} onClick={() => void fetchNextPage()}>
            {t('notifications.more')}
          </Button>
        </Buttons>
      )}
    </Page>
  )
}
