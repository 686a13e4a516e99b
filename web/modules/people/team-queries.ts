import { infiniteQueryOptions, keepPreviousData, queryOptions } from '@tanstack/react-query'
import * as api from '#api/people'
import { call } from '#web/http/call.ts'

/** Teams by name, page by page. */
export function teamsQuery(words: string) {
  return infiniteQueryOptions({
    queryKey: ['teams', 'list', words],
    queryFn: ({ signal, pageParam }) =>
      call(
        api.listTeams,
        { query: { limit: 50, ...(words !== '' && { q: words }), ...(pageParam && { cursor: pageParam }) } },
        signal,
      ),
    initialPageParam: '',
    getNextPageParam: ({ nextCursor }) => nextCursor,
  })
}

export function teamQuery(id: string) {
  return queryOptions({
    queryKey: ['teams', id],
    queryFn: ({ signal }) => call(api.getTeam, { params: { id } }, signal),
  })
}

/** Our own people with these words in their name, to choose from. */
export function colleaguesQuery(words: string) {
  return queryOptions({
    queryKey: ['people', 'colleagues', words],
    queryFn: async ({ signal }) => {
      const query = { limit: 200, home: 'provider', ...(words !== '' && { q: words }) } as const
      return (await call(api.listPeople, { query }, signal)).items
    },
    placeholderData: keepPreviousData,
  })
}
