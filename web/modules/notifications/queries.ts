import { infiniteQueryOptions, queryOptions, useMutation, useQueryClient } from '@tanstack/react-query'
import * as api from '#api/notifications'
import { call } from '#web/http/call.ts'

/** The newest first, page by page. */
export function notificationsQuery(state: 'unread' | 'all', limit = 50) {
  return infiniteQueryOptions({
    queryKey: ['notifications', 'list', { state, limit }],
    queryFn: ({ signal, pageParam }) =>
      call(api.listNotifications, { query: { state, limit, ...(pageParam && { cursor: pageParam }) } }, signal),
    initialPageParam: '',
    getNextPageParam: ({ nextCursor }) => nextCursor,
  })
}

export function settingsQuery() {
  return queryOptions({
    queryKey: ['notification-settings'],
    queryFn: ({ signal }) => call(api.getNotificationSettings, {}, signal),
  })
}

/** Marks one as read or not, or all that came until now. */
export function useMark() {
  const client = useQueryClient()
  const renew = () => client.invalidateQueries({ queryKey: ['notifications'] })
  const one = useMutation({
    mutationFn: ({ id, read }: { readonly id: string; readonly read: boolean }) =>
      call(api.markNotification, { params: { id }, body: { read } }),
    onSuccess: renew,
  })
  const all = useMutation({
    mutationFn: (until: Date) => call(api.markNotifications, { body: { until } }),
    onSuccess: renew,
  })
  return { one, all }
}
