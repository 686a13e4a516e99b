import { useQueryClient } from '@tanstack/react-query'
import { useCallback, useEffect } from 'react'
import { z } from 'zod'
import * as api from '#api/incidents'
import { incidentEvent, type IncidentEvent } from '#api/incidents'
import { urlOf } from '#web/http/call.ts'

/** Changes that come close to each other are shown together, so that nothing flickers. */
const TOGETHER_MS = 700

/**
 * Tells of incidents that were changed, by whomever, while the page is in sight.
 *
 * @param onChanged With `much`, others were changed beside those that are named: an import ended, for instance.
 */
export function useIncidentEvents(onChanged: (changed: readonly IncidentEvent[], much: boolean) => void): void {
  useEffect(() => {
    let stream: EventSource | null = null
    let waiting: IncidentEvent[] = []
    let much = false
    let timer = 0
    function heard(event: MessageEvent<string>) {
      const read = z.safeDecode(incidentEvent, JSON.parse(event.data) as z.input<typeof incidentEvent>)
      if (!read.success) return
      waiting.push(read.data)
      tellSoon()
    }
    function heardMuch() {
      much = true
      tellSoon()
    }
    function tellSoon() {
      clearTimeout(timer)
      timer = window.setTimeout(() => {
        const changed = waiting
        const others = much
        waiting = []
        much = false
        onChanged(changed, others)
      }, TOGETHER_MS)
    }
    function listen() {
      // What is out of sight is asked for again when it comes back; until then it costs nothing.
      if (document.hidden) {
        stream?.close()
        stream = null
      } else if (stream === null) {
        stream = new EventSource(urlOf(api.streamEvents, {}))
        stream.addEventListener('incident', heard)
        stream.addEventListener('much', heardMuch)
      }
    }
    listen()
    document.addEventListener('visibilitychange', listen)
    return () => {
      document.removeEventListener('visibilitychange', listen)
      clearTimeout(timer)
      stream?.close()
    }
  }, [onChanged])
}

/** Keeps the page of one incident up to date: its facts, its clocks and what happened. */
export function useLiveIncident(id: string): void {
  const client = useQueryClient()
  useIncidentEvents(
    useCallback(
      (changed, much) => {
        if (much || changed.some((each) => each.id === id))
          void client.invalidateQueries({ queryKey: ['incidents', 'one'] })
      },
      [client, id],
    ),
  )
}
