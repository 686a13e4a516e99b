import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query'
import * as api from '#api/reviews'
import { call } from '#web/http/call.ts'

/** Reviews, the latest month and version first, page by page. */
export function reviewsQuery(customer: string | undefined) {
  return infiniteQueryOptions({
    queryKey: ['reviews', { customer }],
    queryFn: ({ signal, pageParam }) =>
      call(
        api.listReviews,
        { query: { limit: 50, ...(customer && { customer }), ...(pageParam && { cursor: pageParam }) } },
        signal,
      ),
    initialPageParam: '',
    getNextPageParam: ({ nextCursor }) => nextCursor,
  })
}

/** One review; asked again each second while it is being made. */
export function reviewQuery(id: string) {
  return queryOptions({
    queryKey: ['reviews', id],
    queryFn: ({ signal }) => call(api.getReview, { params: { id } }, signal),
    refetchInterval: ({ state }) => (isInTheMaking(state.data?.state) ? 1000 : false),
  })
}

export function isInTheMaking(state: api.Review['state'] | undefined): boolean {
  return state === 'queued' || state === 'running'
}
