import { type QueryClient, queryOptions } from '@tanstack/react-query'
import * as corrections from '#api/corrections'
import * as api from '#api/incidents'
import * as levels from '#api/service-levels'
import type { Clock, HistoryEntry, IncidentPage } from '#api/incidents'
import { call } from '#web/http/call.ts'

const MINUTE_MS = 60_000

/** As many entries of a history are asked for at once. */
const ENTRIES = 1000

/**
 * One incident, by id or number. Whoever reads it reads its history, so that comes along: always, so that what is kept for
 * reading without a network is one answer and not two of different moments.
 */
export function incidentQuery(id: string) {
  return queryOptions({
    queryKey: ['incidents', 'one', id],
    queryFn: async ({ client, signal }): Promise<IncidentPage> => {
      const asked = { params: { id }, query: { history: ENTRIES } }
      const { history, ...incident } = await call(api.getIncident, asked, signal)
      // What goes on further than one answer is read by itself.
      if (history?.nextCursor === null) {
        client.setQueryData(timelineQuery(incident.number).queryKey, history.items)
      }
      return incident
    },
    refetchInterval: MINUTE_MS,
  })
}

/** How a clock was counted; changes with the incident and, while it runs, with time. */
export function explanationQuery(id: string, clockId: string) {
  return queryOptions({
    queryKey: ['incidents', 'one', id, 'explanation', clockId],
    queryFn: ({ signal }) => call(api.explainIncidentClock, { params: { id, clockId } }, signal),
    refetchInterval: MINUTE_MS,
  })
}

/** Who held an incident while one of its clocks was counted. */
export function holdersQuery(id: string, metric: Clock['metric']) {
  return queryOptions({
    queryKey: ['incidents', 'one', id, 'holders', metric],
    queryFn: ({ signal }) => call(api.readHolders, { params: { id }, query: { metric } }, signal),
    refetchInterval: MINUTE_MS,
  })
}

/** The whole history, the oldest first. */
export function timelineQuery(id: string) {
  return queryOptions({
    queryKey: ['incidents', 'one', id, 'timeline'],
    queryFn: async ({ signal }) => {
      const entries: HistoryEntry[] = []
      let cursor: string | undefined
      do {
        const { items, nextCursor } = await call(
          api.readTimeline,
          { params: { id }, query: { limit: ENTRIES, cursor } },
          signal,
        )
        entries.push(...items)
        cursor = nextCursor ?? undefined
      } while (cursor !== undefined)
      return entries
    },
  })
}

/** Incidents that have to do with one. */
export function linksQuery(id: string) {
  return queryOptions({
    queryKey: ['incidents', 'one', id, 'links'],
    queryFn: async ({ signal }) => (await call(api.listIncidentLinks, { params: { id } }, signal)).items,
  })
}

/** Files of an incident that are there, the first added first. */
export function filesQuery(id: string) {
  return queryOptions({
    queryKey: ['incidents', 'one', id, 'files'],
    queryFn: async ({ signal }) =>
      (await call(api.listIncidentAttachments, { params: { id } }, signal)).items.filter(({ removed }) => !removed),
  })
}

/** As many of each are shown; what is older is in the corrections and the months. */
const OTHERS = 50

/** What was told of an incident's clocks before, what is adjusted, and what is being corrected. */
export function otherResultsQuery(id: string) {
  return queryOptions({
    queryKey: ['incidents', 'one', id, 'other-results'],
    queryFn: async ({ signal }) => {
      const [kept, adjusted, corrected] = await Promise.all([
        call(levels.listKeptResults, { params: { id }, query: { limit: OTHERS } }, signal),
        call(levels.listAdjustments, { query: { incident: id, limit: OTHERS } }, signal),
        call(corrections.listCorrections, { query: { incident: id, limit: OTHERS } }, signal),
      ])
      return { kept: kept.items, adjusted: adjusted.items, corrected: corrected.items }
    },
  })
}

/** After something was changed: what came back is shown at once; all that depends on it is asked for again meanwhile. */
export function showChanged(client: QueryClient, incident: IncidentPage): void {
  for (const id of [incident.number, incident.id]) {
    const { queryKey } = incidentQuery(id)
    if (client.getQueryData(queryKey) !== undefined) client.setQueryData(queryKey, incident)
  }
  void client.invalidateQueries({ queryKey: ['incidents'] })
  void client.invalidateQueries({ queryKey: ['attainment'] })
}
