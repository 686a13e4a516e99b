import { infiniteQueryOptions, queryOptions, useQueryClient } from '@tanstack/react-query'
import { useCallback } from 'react'
import * as incidents from '#api/incidents'
import * as api from '#api/major-incidents'
import type { Edition, MajorIncidentPage, NoteKind } from '#api/major-incidents'
import type { Language } from '#core/text.ts'
import { call } from '#web/http/call.ts'

const KEY = 'major-incidents'
/** In a room others write all the time. */
const ROOM_MS = 5000
const LIST_MS = 30_000

export function majorIncidentsQuery(customer: string | undefined) {
  return infiniteQueryOptions({
    queryKey: [KEY, 'list', { customer }],
    queryFn: ({ signal, pageParam }) =>
      call(
        api.listMajorIncidents,
        { query: { limit: 50, ...(customer && { customer }), ...(pageParam && { cursor: pageParam }) } },
        signal,
      ),
    initialPageParam: '',
    getNextPageParam: ({ nextCursor }) => nextCursor,
    refetchInterval: LIST_MS,
  })
}

export function majorIncidentQuery(id: string) {
  return queryOptions({
    queryKey: [KEY, 'one', id],
    queryFn: ({ signal }) => call(api.getMajorIncident, { params: { id } }, signal),
    refetchInterval: ROOM_MS,
  })
}

/** Everything that happened; asked for anew with each version of what it is about. */
export function majorTimelineQuery(id: string) {
  return queryOptions({
    queryKey: [KEY, 'one', id, 'timeline'],
    queryFn: ({ signal }) => call(api.readMajorTimeline, { params: { id } }, signal),
    refetchInterval: ROOM_MS,
  })
}

export function childrenQuery(id: string) {
  return queryOptions({
    queryKey: [KEY, 'one', id, 'children'],
    queryFn: ({ signal }) => call(api.listChildren, { params: { id }, query: { limit: 1000 } }, signal),
    refetchInterval: LIST_MS,
  })
}

export function suggestionsQuery(id: string) {
  return queryOptions({
    queryKey: [KEY, 'one', id, 'suggestions'],
    queryFn: async ({ signal }) =>
      (await call(api.suggestChildren, { params: { id }, query: { limit: 500 } }, signal)).items,
    refetchInterval: LIST_MS,
  })
}

export function incidentQuery(id: string) {
  return queryOptions({
    queryKey: ['incidents', 'one', id],
    queryFn: ({ signal }) => call(incidents.getIncident, { params: { id } }, signal),
    enabled: id !== '',
  })
}

/** After something was done: what came back is shown, and all that depends on it asked for again. */
export function useChanged(): (changed?: MajorIncidentPage) => Promise<void> {
  const client = useQueryClient()
  return useCallback(
    async (changed) => {
      if (changed !== undefined) client.setQueryData(majorIncidentQuery(changed.id).queryKey, changed)
      await client.invalidateQueries({ queryKey: [KEY] })
      void client.invalidateQueries({ queryKey: ['incidents'] })
      void client.invalidateQueries({ queryKey: ['what-is'] })
    },
    [client],
  )
}

/** The status pages of a customer that are not revoked. */
export function statusPagesQuery(customer: string) {
  return queryOptions({
    queryKey: ['status-pages', customer],
    queryFn: async ({ signal }) => (await call(api.listStatusPages, { query: { customer } }, signal)).items,
  })
}

/** A short report from what was recorded. */
export function noteQuery(id: string, kind: NoteKind, lang: Language) {
  return queryOptions({
    queryKey: [KEY, 'one', id, 'note', kind, lang],
    queryFn: ({ signal }) => call(api.readNote, { params: { id, kind }, query: { lang } }, signal),
  })
}

/** The full report. What is being written in it is not asked for again by itself. */
export function reportQuery(id: string, lang: Language, edition: Edition) {
  return queryOptions({
    queryKey: [KEY, 'report', id, lang, edition],
    queryFn: ({ signal }) => call(api.readReport, { params: { id }, query: { lang, edition } }, signal),
  })
}

export function actionsQuery(id: string) {
  return queryOptions({
    queryKey: [KEY, 'one', id, 'actions'],
    queryFn: async ({ signal }) => (await call(api.listMajorActions, { params: { id } }, signal)).items,
  })
}
