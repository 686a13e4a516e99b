import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useEffect } from 'react'
import * as api from '#api/incidents'
import { barredFromInside } from '#core/may.ts'
import { call } from '#web/http/call.ts'
import { listenTo } from '#web/http/event-stream.ts'
import { useAsker } from '#web/modules/people/index.ts'
import { useText } from '#web/ui/text.tsx'
import classes from './presence.module.css'

/** The server forgets whoever it does not hear of for seventy. */
const SAID_EACH_MS = 25_000

/** Who else has the incident open or is writing; tells the others the same of whoever looks. It holds nobody back. */
export function Presence({ incident, writing }: { readonly incident: string; readonly writing: boolean }) {
  return barredFromInside(useAsker()) === null ? <Others incident={incident} writing={writing} /> : null
}

function Others({ incident, writing }: { readonly incident: string; readonly writing: boolean }) {
  const t = useText()
  const client = useQueryClient()
  const { data } = useQuery({
    queryKey: ['presence', incident],
    queryFn: ({ signal }) => call(api.readPresence, { params: { id: incident }, byItself: true }, signal),
    refetchInterval: 2 * SAID_EACH_MS,
  })
  useEffect(() => {
    const queryKey = ['presence', incident]
    const say = (state: api.PresenceState) =>
      call(api.tellPresence, { params: { id: incident }, body: { state }, byItself: true }).then(
        (told) => client.setQueryData(queryKey, told),
        // Without a network nobody hears of it, and nothing is lost by that.
        () => undefined,
      )
    const here = () => void say(document.hidden ? 'left' : writing ? 'writing' : 'open')
    here()
    const timer = setInterval(() => {
      if (!document.hidden) here()
    }, SAID_EACH_MS)
    document.addEventListener('visibilitychange', here)
    const end = listenTo('presence', (told) => {
      if ((told as { readonly incident?: unknown }).incident === incident)
        void client.invalidateQueries({ queryKey, exact: true })
    })
    return () => {
      clearInterval(timer)
      document.removeEventListener('visibilitychange', here)
      end()
    }
  }, [client, incident, writing])
  // Only when the page is left, not each time that somebody begins to write.
  useEffect(
    () => () => {
      const left = { params: { id: incident }, body: { state: 'left' }, byItself: true } as const
      void call(api.tellPresence, left).catch(() => undefined)
    },
    [incident],
  )
  const items = data?.items ?? []
  const names = (these: typeof items) => ({ count: these.length, names: these.map(({ name }) => name).join(', ') })
  const write = items.filter((each) => each.writing)
  const look = items.filter((each) => !each.writing)
  return (
    <p className={classes.others} role="status">
      {write.length > 0 && <b>{t('incidents.presence.writing', names(write))}</b>}{' '}
      {look.length > 0 && t('incidents.presence', names(look))}
    </p>
  )
}
