import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query'
import * as api from '#api/improvements'
import type { ImprovementsQuery } from '#api/improvements'
import * as people from '#api/people'
import { call } from '#web/http/call.ts'

const MINUTE_MS = 60_000
const MOST = 200

export function improvementsQuery(show: ImprovementsQuery['show'], customer: string | undefined) {
  return infiniteQueryOptions({
    queryKey: ['improvements', 'list', { show, customer }],
    queryFn: ({ signal, pageParam }) =>
      call(
        api.listImprovements,
        { query: { limit: 50, show, ...(customer && { customer }), ...(pageParam && { cursor: pageParam }) } },
        signal,
      ),
    initialPageParam: '',
    getNextPageParam: ({ nextCursor }) => nextCursor,
  })
}

export function improvementQuery(id: string) {
  return queryOptions({
    queryKey: ['improvements', 'one', id],
    queryFn: ({ signal }) => call(api.getImprovement, { params: { id } }, signal),
  })
}

export function improvementFiguresQuery(customer: string | undefined) {
  return queryOptions({
    queryKey: ['improvements', 'figures', customer],
    queryFn: ({ signal }) => call(api.reportImprovements, { query: { ...(customer && { customer }) } }, signal),
  })
}

/** Our own people, by name. */
export function colleaguesQuery() {
  return queryOptions({
    queryKey: ['people', 'colleagues'],
    queryFn: async ({ signal }) =>
      (await call(people.listPeople, { query: { home: 'provider', limit: MOST } }, signal)).items,
    staleTime: MINUTE_MS,
  })
}
