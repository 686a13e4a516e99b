import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query'
import * as api from '#api/privacy'
import { call, urlOf } from '#web/http/call.ts'

/** What this system knows about somebody; about oneself, without an id. */
export function knownQuery(id: string | null) {
  return queryOptions({
    queryKey: ['privacy', 'known', id],
    queryFn: ({ signal }) =>
      id === null ? call(api.readOwnData, {}, signal) : call(api.readDataOf, { params: { id } }, signal),
  })
}

/** Where all of it is found as a file. */
export function exportAddress(id: string | null): string {
  return id === null ? urlOf(api.exportOwnData, {}) : urlOf(api.exportDataOf, { params: { id } })
}

/** Fewer letters find half of everybody. */
export const LEAST_WORDS = 2

export function findQuery(words: string) {
  return queryOptions({
    queryKey: ['privacy', 'people', words],
    queryFn: ({ signal }) => call(api.findForPrivacy, { query: { q: words } }, signal),
    enabled: words.length >= LEAST_WORDS,
  })
}

const LOOK_AGAIN_MS = 2000

/** The latest first; asked for again while one is under way. */
export function erasuresQuery() {
  return infiniteQueryOptions({
    queryKey: ['privacy', 'erasures'],
    queryFn: ({ signal, pageParam }) =>
      call(api.listErasures, { query: { limit: 50, ...(pageParam && { cursor: pageParam }) } }, signal),
    initialPageParam: '',
    getNextPageParam: ({ nextCursor }) => nextCursor,
    refetchInterval: ({ state: { data } }) =>
      data?.pages[0]?.items.some(({ state }) => state === 'waiting') ? LOOK_AGAIN_MS : false,
  })
}

export function erasureQuery(id: string) {
  return queryOptions({
    queryKey: ['privacy', 'erasures', id],
    queryFn: ({ signal }) => call(api.readErasure, { params: { id } }, signal),
    refetchInterval: ({ state: { data } }) => (data?.state === 'waiting' ? LOOK_AGAIN_MS : false),
  })
}

/** Confidential incidents, the latest first. */
export function confidedQuery() {
  return infiniteQueryOptions({
    queryKey: ['privacy', 'incidents'],
    queryFn: ({ signal, pageParam }) =>
      call(api.listConfidedIncidents, { query: { limit: 50, ...(pageParam && { cursor: pageParam }) } }, signal),
    initialPageParam: '',
    getNextPageParam: ({ nextCursor }) => nextCursor,
  })
}

export function confidedIncidentQuery(id: string) {
  return queryOptions({
    queryKey: ['privacy', 'incidents', 'one', id],
    queryFn: ({ signal }) => call(api.readConfidedIncident, { params: { id } }, signal),
  })
}

export const retentionQuery = queryOptions({
  queryKey: ['privacy', 'retention'],
  queryFn: ({ signal }) => call(api.readRetention, {}, signal),
})

/** What is old enough now; counted, touching nothing. */
export const dueQuery = queryOptions({
  queryKey: ['privacy', 'due'],
  queryFn: ({ signal }) => call(api.tryRetention, {}, signal),
})

export const councilQuery = queryOptions({
  queryKey: ['privacy', 'works-council'],
  queryFn: ({ signal }) => call(api.readWorksCouncil, {}, signal),
})

export const packAddress = (): string => urlOf(api.exportWorksCouncil, {})
