import { infiniteQueryOptions, keepPreviousData, type QueryClient, queryOptions } from '@tanstack/react-query'
import { useCallback } from 'react'
import * as api from '#api/incidents'
import type { IncidentEvent } from '#api/incidents'
import { call } from '#web/http/call.ts'
import type { IncidentFilter } from './list-filter.ts'
import { useIncidentEvents } from './live.ts'

const PAGE = 100
const MINUTE_MS = 60_000
/** A list of so many pages is asked for anew as a whole when something changed; of a longer one only what changed. */
const SHORT = 2

/** A list as it is filtered, page after page. A short one keeps itself up to date. */
export function incidentsQuery(filter: IncidentFilter) {
  return infiniteQueryOptions({
    queryKey: ['incidents', 'list', filter],
    queryFn: ({ pageParam, signal }) =>
      call(api.listIncidents, { query: { ...filter, limit: PAGE, cursor: pageParam } }, signal),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: ({ nextCursor }) => nextCursor ?? undefined,
    placeholderData: keepPreviousData,
    // Comparing a hundred thousand rows with themselves at each page would be felt.
    structuralSharing: false,
    refetchInterval: (query) => ((query.state.data?.pages.length ?? 0) > SHORT ? false : MINUTE_MS),
  })
}

/** How many a list has, in what order ever. */
export function countQuery(list: IncidentFilter) {
  const filter = { ...list, sort: undefined }
  return queryOptions({
    queryKey: ['incidents', 'count', filter],
    queryFn: ({ signal }) => call(api.countIncidents, { query: filter }, signal),
    placeholderData: keepPreviousData,
    refetchInterval: MINUTE_MS,
  })
}

/** Whether there is any incident at all, to tell an empty system from a filter that fits nothing. */
export function anyIncidentQuery(customer: string | undefined) {
  return queryOptions({
    queryKey: ['incidents', 'any', { customer }],
    queryFn: async ({ signal }) =>
      (await call(api.listIncidents, { query: { customer, limit: 1 } }, signal)).items.length > 0,
  })
}

/** Keeps a list up to date with what others do. */
export function useLiveList(client: QueryClient, filter: IncidentFilter): void {
  const key = JSON.stringify(filter)
  useIncidentEvents(
    useCallback(
      (changed, much) => void refresh(client, JSON.parse(key) as IncidentFilter, changed, much),
      [client, key],
    ),
  )
}

/** So many are asked for one by one; where more changed, the list shows them when it is asked for anew. */
const ONE_BY_ONE = 20

async function refresh(
  client: QueryClient,
  filter: IncidentFilter,
  changed: readonly IncidentEvent[],
  much: boolean,
): Promise<void> {
  const { queryKey } = incidentsQuery(filter)
  void client.invalidateQueries({ queryKey: ['incidents', 'count'] })
  void client.invalidateQueries({ queryKey: ['incidents', 'any'] })
  const shown = client.getQueryData(queryKey)
  if ((shown?.pages.length ?? 0) <= SHORT) return client.invalidateQueries({ queryKey })
  // Asked for anew when somebody comes back to it; until then the count says that there are others.
  if (much) void client.invalidateQueries({ queryKey, refetchType: 'none' })
  // Rows stay where they are, so that nothing moves under whoever reads; they say what is the case now.
  const there = new Set(shown?.pages.flatMap(({ items }) => items.map(({ id }) => id)))
  const ids = [...new Set(changed.map(({ id }) => id))].filter((id) => there.has(id)).slice(0, ONE_BY_ONE)
  const now = await Promise.all(ids.map((id) => call(api.getIncident, { params: { id } }).catch(() => null)))
  const byId = new Map(now.flatMap((incident) => (incident === null ? [] : [[incident.id, incident] as const])))
  client.setQueryData(
    queryKey,
    (data) =>
      data && {
        ...data,
        pages: data.pages.map((page) =>
          page.items.some(({ id }) => byId.has(id))
            ? { ...page, items: page.items.map((incident) => byId.get(incident.id) ?? incident) }
            : page,
        ),
      },
  )
}
