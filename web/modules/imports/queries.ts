import { infiniteQueryOptions, keepPreviousData, queryOptions } from '@tanstack/react-query'
import * as customers from '#api/customers'
import * as api from '#api/imports'
import { call } from '#web/http/call.ts'

/** How often a running import is asked how far it is. */
const ASK_MS = 1000
const MOST = 200

/** Imports, the newest first. */
export function importsQuery() {
  return infiniteQueryOptions({
    queryKey: ['imports', 'list'],
    queryFn: ({ signal, pageParam }) =>
      call(api.listImports, { query: { limit: 20, ...(pageParam && { cursor: pageParam }) } }, signal),
    initialPageParam: '',
    getNextPageParam: ({ nextCursor }) => nextCursor,
    refetchInterval: ({ state }) =>
      state.data?.pages.some(({ items }) => items.some((item) => item.state === 'running')) ? 2 * ASK_MS : false,
  })
}

/** One import; when it is seen to have ended, everything else is read anew: it may hold what came in or went. */
export function importQuery(id: string) {
  return queryOptions({
    queryKey: ['imports', id],
    queryFn: async ({ client, queryKey, signal }) => {
      const view = await call(api.getImport, { params: { id } }, signal)
      const ended = view.state !== 'running' && client.getQueryData<api.ImportView>(queryKey)?.state === 'running'
      if (ended) void client.invalidateQueries({ predicate: (other) => other.queryKey[0] !== 'imports' })
      return view
    },
    refetchInterval: ({ state }) => (state.data?.state === 'running' ? ASK_MS : false),
  })
}

/** What taking an import back would do; counted anew each time it is asked. */
export function undoQuery(id: string) {
  return queryOptions({
    queryKey: ['imports', id, 'undo'],
    queryFn: ({ signal }) => call(api.foreseeUndo, { params: { id } }, signal),
    staleTime: 0,
    gcTime: 0,
  })
}

/** How the file would be read. */
export function previewQuery(id: string) {
  return queryOptions({
    queryKey: ['imports', id, 'preview'],
    queryFn: ({ signal }) => call(api.previewImport, { params: { id } }, signal),
    placeholderData: keepPreviousData,
    staleTime: Infinity,
    retry: false,
  })
}

export function rejectsQuery(id: string) {
  return infiniteQueryOptions({
    queryKey: ['imports', id, 'rejects'],
    queryFn: ({ signal, pageParam }) =>
      call(
        api.listImportRejects,
        { params: { id }, query: { limit: 50, ...(pageParam && { cursor: pageParam }) } },
        signal,
      ),
    initialPageParam: '',
    getNextPageParam: ({ nextCursor }) => nextCursor,
  })
}

/** Customers that tickets can be brought in for. */
export function ownersQuery() {
  return queryOptions({
    queryKey: ['choices', 'customers'],
    queryFn: async ({ signal }) => (await call(customers.listCustomers, { query: { limit: MOST } }, signal)).items,
    staleTime: 60_000,
  })
}
