import { useNavigate } from '@tanstack/react-router'
import type { MouseEvent } from 'react'
import type { Notification } from '#api/notifications'
import { TextButton } from '#web/ui/button.tsx'
import { useText } from '#web/ui/text.tsx'
import { useFormat } from '#web/ui/use-format.ts'
import { useNow } from '#web/ui/use-now.ts'
import { useMark } from './queries.ts'
import classes from './notification-list.module.css'

interface NotificationListProps {
  readonly items: readonly Notification[]
  /** When one is opened: whatever lies over the page goes away. */
  readonly onOpen?: () => void
}

/** What somebody was told, one line each; opening one marks it as read. */
export function NotificationList({ items, onOpen }: NotificationListProps) {
  const t = useText()
  const format = useFormat()
  const now = useNow()
  const navigate = useNavigate()
  const { one } = useMark()
  function open(event: MouseEvent, { id, path, readAt }: Notification) {
    if (readAt === null) one.mutate({ id, read: true })
    // Into another tab: then it stays open here.
    if (event.metaKey || event.ctrlKey || event.shiftKey || event.button !== 0) return
    event.preventDefault()
    onOpen?.()
    void navigate({ to: path })
  }
  return (
    <ol className={classes.list}>
      {items.map((item) => {
        const { id, title, text, about, at, readAt, path } = item
        const unread = readAt === null
        return (
          <li key={id} data-unread={unread || undefined}>
            <span className={classes.mark} aria-hidden />
            <div className={classes.words}>
              <a href={path} className={classes.title} onClick={(event) => open(event, item)}>
                {title}
              </a>
              {unread && <span className="pl-hidden">{t('notifications.unread')}</span>}
              {text !== '' && <p className={classes.text}>{text}</p>}
              <p className="pl-quiet pl-small">{about}</p>
            </div>
            <div className={classes.when}>
              <time dateTime={at.toISOString()} className="pl-quiet pl-small pl-nowrap">
                {format.timeNear(at, now)}
              </time>
              <TextButton
                className="pl-small"
                aria-label={t(unread ? 'notifications.mark-named' : 'notifications.unmark-named', { title })}
                onClick={() => one.mutate({ id, read: unread })}
              >
                {t(unread ? 'notifications.mark' : 'notifications.unmark')}
              </TextButton>
            </div>
          </li>
        )
      })}
    </ol>
  )
}
