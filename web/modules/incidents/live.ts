import { useQueryClient } from '@tanstack/react-query'
import { useCallback, useEffect } from 'react'
import { z } from 'zod'
import { incidentEvent, type IncidentEvent } from '#api/incidents'
import { listenTo } from '#web/http/event-stream.ts'

/** Changes that come close to each other are shown together, so that nothing flickers. */
const TOGETHER_MS = 700

/**
 * Tells of incidents that were changed, by whomever, while the page is in sight.
 *
 * @param onChanged With `much`, others were changed beside those that are named: an import ended, for instance.
 */
export function useIncidentEvents(onChanged: (changed: readonly IncidentEvent[], much: boolean) => void): void {
  useEffect(() => {
    let waiting: IncidentEvent[] = []
    let much = false
    let timer = 0
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
    const ends = [
      listenTo('incident', (data) => {
        const read = z.safeDecode(incidentEvent, data as z.input<typeof incidentEvent>)
        if (!read.success) return
        waiting.push(read.data)
        tellSoon()
      }),
      listenTo('much', () => {
        much = true
        tellSoon()
      }),
    ]
    return () => {
      clearTimeout(timer)
      for (const end of ends) end()
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
