import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query'
import { listCustomers } from '#api/customers'
import * as api from '#api/knowledge'
import { call } from '#web/http/call.ts'

/** Articles by words, or the last changed first, page by page. */
export function articlesQuery(q: string | undefined, customer: string | undefined) {
  return infiniteQueryOptions({
    queryKey: ['articles', 'list', { q, customer }],
    queryFn: ({ signal, pageParam }) =>
      call(
        api.listArticles,
        { query: { limit: 50, customer, ...(q && { q }), ...(pageParam && { cursor: pageParam }) } },
        signal,
      ),
    initialPageParam: '',
    getNextPageParam: ({ nextCursor }) => nextCursor,
  })
}

export function articleQuery(id: string) {
  return queryOptions({
    queryKey: ['articles', 'one', id],
    queryFn: ({ signal }) => call(api.getArticle, { params: { id } }, signal),
  })
}

/** Customers that an article can be for. */
export function readersQuery() {
  return queryOptions({
    queryKey: ['articles', 'customers'],
    queryFn: async ({ signal }) => (await call(listCustomers, { query: { limit: 200 } }, signal)).items,
    staleTime: 60_000,
  })
}
