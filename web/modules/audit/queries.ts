import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query'
import * as api from '#api/audit'
import { call, urlOf } from '#web/http/call.ts'
import type { Thing } from './words.ts'

/** Which entries. */
export interface Asked {
  readonly thing: Thing | undefined
  readonly subject: string | undefined
  readonly actor: string | undefined
}

const filterOf = ({ thing, subject, actor }: Asked) => ({
  ...(thing && { action: `${thing}.` }),
  ...(subject && { subject }),
  ...(actor && { actor }),
})

/** The latest first, page by page. */
export function entriesQuery(asked: Asked) {
  return infiniteQueryOptions({
    queryKey: ['audit', 'list', asked],
    queryFn: ({ signal, pageParam }) =>
      call(
        api.listAudit,
        { query: { limit: 50, ...filterOf(asked), ...(pageParam && { cursor: pageParam }) } },
        signal,
      ),
    initialPageParam: '',
    getNextPageParam: ({ nextCursor }) => nextCursor,
  })
}

/** Where the same is found as a file. */
export function exportAddress(asked: Asked): string {
  return urlOf(api.exportAudit, { query: filterOf(asked) })
}

const WORKING_MS = 1000

/** How the chain stands; asked for again while it is checked. */
export const chainQuery = queryOptions({
  queryKey: ['audit', 'chain'],
  queryFn: ({ signal }) => call(api.readAuditChain, {}, signal),
  refetchInterval: ({ state: { data } }) => (data?.check?.endedAt === null ? WORKING_MS : false),
})
