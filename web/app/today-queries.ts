import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query'
import * as api from '#api/today'
import { call } from '#web/http/call.ts'

const MINUTE_MS = 60_000

/** Whose figures and records are shown, as the address says. */
export interface Chosen {
  readonly customer?: string | undefined
  readonly site?: string | undefined
  /** Only what one holds, and what is one's team's while nobody does. */
  readonly whose?: 'mine' | undefined
}

/** What needs whoever is signed in, of all customers, of one, or of one site; renews itself, for clocks go on. */
export function todayQuery({ customer, site, whose }: Chosen) {
  return queryOptions({
    // `what-is`: whoever changes what there is asks for it anew by this name.
    queryKey: ['what-is', { customer, site, ...(whose && { whose }) }],
    queryFn: ({ signal }) => call(api.getToday, { query: { customer, site, whose } }, signal),
    refetchInterval: MINUTE_MS,
  })
}

/** Lines of the day behind the first, page by page; asked for when somebody wants them. */
export function furtherQuery({ customer, site, whose }: Chosen, cursor: string) {
  return infiniteQueryOptions({
    queryKey: ['what-is', 'further', { customer, site, whose, cursor }],
    queryFn: ({ signal, pageParam }) =>
      call(api.getToday, { query: { customer, site, whose, cursor: pageParam } }, signal),
    initialPageParam: cursor,
    getNextPageParam: ({ nextCursor }) => nextCursor,
  })
}
