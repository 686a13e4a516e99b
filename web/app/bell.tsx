import { queryOptions, useQuery, useQueryClient } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useEffect } from 'react'
import { countNotifications } from '#api/notifications'
import { call } from '#web/http/call.ts'
import { listenTo } from '#web/http/event-stream.ts'
import { useText } from '#web/ui/text.tsx'
import classes from './bell.module.css'

const MINUTE_MS = 60_000

/** How much whoever is signed in was told of and has not read. */
function unreadQuery() {
  return queryOptions({
    queryKey: ['notifications', 'count'],
    queryFn: ({ signal }) => call(countNotifications, {}, signal),
    refetchInterval: 2 * MINUTE_MS,
  })
}

/** Hears of what comes, for the bell and whatever else shows it. Once in the shell. */
export function useLiveNotifications(): void {
  const client = useQueryClient()
  useEffect(() => {
    const renew = () => void client.invalidateQueries({ queryKey: ['notifications'] })
    const ends = [listenTo('notification', renew), listenTo('open', renew)]
    return () => {
      for (const end of ends) end()
    }
  }, [client])
}

/** What it says beside the bell; nothing when there is nothing new. */
function useUnread(): { readonly label: string; readonly count: string } {
  const t = useText()
  const { data } = useQuery(unreadQuery())
  const unread = data?.unread ?? 0
  return {
    label: t('app.bell', { count: unread, many: unread >= 100 ? 'yes' : 'no' }),
    count: unread === 0 ? '' : unread >= 100 ? '99+' : String(unread),
  }
}

/** The bell in the rail: opens what came, over the page. */
export function Bell({ onOpen }: { readonly onOpen: () => void }) {
  const { label, count } = useUnread()
  return (
    <button type="button" className={classes.bell} aria-label={label} title={label} onClick={onOpen}>
      <BellPicture />
      {count !== '' && (
        <span className={classes.count} aria-hidden>
          {count}
        </span>
      )}
    </button>
  )
}

/** The bell among the tabs of a phone: goes to the page. */
export function BellTab() {
  const t = useText()
  const { label, count } = useUnread()
  const name = t('app.bell.short')
  return (
    // What is heard is what is seen and then how much: whoever speaks to the page says what they see (WCAG 2.5.3).
    <Link to="/notifications" activeOptions={{ includeSearch: false }}>
      <BellPicture />
      {name}
      <span className="pl-hidden">: {label}</span>
      {count !== '' && (
        <span className={classes.onTab} aria-hidden>
          {count}
        </span>
      )}
    </Link>
  )
}

function BellPicture() {
  return (
    <svg viewBox="0 0 20 20" aria-hidden>
      <path d="M4.5 14.5h11c-1.2-1.3-1.7-2.6-1.7-5.2 0-2.6-1.4-4.6-3.8-4.6s-3.8 2-3.8 4.6c0 2.6-.5 3.9-1.7 5.2zM8.3 16.8h3.4M10 4.7V3" />
    </svg>
  )
}
