import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query'
import * as api from '#api/friction'
import { call } from '#web/http/call.ts'

export function registerQuery(customer: string | undefined, show: 'open' | 'over' | 'removed' | 'all') {
  return infiniteQueryOptions({
    queryKey: ['friction', 'list', customer, show],
    queryFn: ({ signal, pageParam }) =>
      call(
        api.listFrictionPoints,
        {
          query: {
            limit: 50,
            customer,
            ...(show !== 'all' && { state: show }),
            ...(pageParam && { cursor: pageParam }),
          },
        },
        signal,
      ),
    initialPageParam: '',
    getNextPageParam: ({ nextCursor }) => nextCursor,
  })
}

export function pointQuery(id: string) {
  return queryOptions({
    queryKey: ['friction', 'one', id],
    queryFn: ({ signal }) => call(api.getFrictionPoint, { params: { id } }, signal),
  })
}

export function photosQuery(id: string) {
  return queryOptions({
    queryKey: ['friction', 'photos', id],
    queryFn: async ({ signal }) => (await call(api.listFrictionPhotos, { params: { id } }, signal)).items,
  })
}
