import { queryOptions } from '@tanstack/react-query'
import * as macros from '#api/macros'
import { call } from '#web/http/call.ts'

/** What may be said and done with an incident again, its words filled in. */
export function readyWordsQuery(id: string) {
  return queryOptions({
    queryKey: ['incidents', 'one', id, 'ready-words'],
    queryFn: ({ signal }) => call(macros.readyWords, { params: { id } }, signal),
    staleTime: 30_000,
  })
}
