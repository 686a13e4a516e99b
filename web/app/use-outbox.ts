import { useEffect, useSyncExternalStore } from 'react'
import { keeperOf } from '#web/app/kept-incidents.ts'
import { type KeptWrite, keptWrites, openOutbox, type Sent, subscribeToOutbox, watchOutbox } from '#web/app/outbox.ts'
import { queryClient } from '#web/app/query-client.ts'
import { keepWritesBy } from '#web/http/kept-writes.ts'
import { notify, notifyInstead } from '#web/ui/notices.tsx'
import { type Say, useText } from '#web/ui/text.tsx'

/** After the notice of whoever wrote it, who takes it for done. */
const AFTER_MS = 80

export function useKeptWrites(): readonly KeptWrite[] {
  return useSyncExternalStore(subscribeToOutbox, keptWrites)
}

/** What was written, for a person. */
export function writeWords(t: Say, { what, about }: KeptWrite): string {
  return t(`app.outbox.${what}`, { about })
}

/** Keeps what cannot be sent, as long as somebody is signed in, and sends it when it can. */
export function useOutbox(personId: string | undefined): void {
  const t = useText()
  useEffect(() => {
    if (personId === undefined) return undefined
    keepWritesBy(
      keeperOf(personId, (write) => {
        setTimeout(() => notifyInstead(t('app.outbox.kept', { what: writeWords(t, write) })), AFTER_MS)
      }),
    )
    let stop: (() => void) | undefined
    let gone = false
    const begin = async () => {
      await openOutbox(personId)
      if (!gone) stop = watchOutbox(tell)
    }
    const tell = (write: KeptWrite, sent: Sent) => {
      const what = writeWords(t, write)
      notify(t(sent === 'done' ? 'app.outbox.sent' : 'app.outbox.refused', { what }))
      void queryClient.invalidateQueries()
    }
    void begin()
    return () => {
      gone = true
      stop?.()
      keepWritesBy(null)
    }
  }, [personId, t])
}
