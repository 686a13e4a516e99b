import { queryOptions, useQuery } from '@tanstack/react-query'
import * as api from '#api/views'
import type { View } from '#api/views'
import { call } from '#web/http/call.ts'

export type { View } from '#api/views'

/** Views of a page that somebody keeps or that are shared with them, by name. */
export function viewsQuery(page: string) {
  return queryOptions({
    queryKey: ['views', page],
    queryFn: async ({ signal }) => (await call(api.listViews, { query: { page } }, signal)).items,
    staleTime: 60_000,
  })
}

/** Undefined until they are there. */
export function useViews(page: string): readonly View[] | undefined {
  return useQuery(viewsQuery(page)).data
}
