import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query'
import * as levels from '#api/service-levels'
import * as api from '#api/what-if'
import { call } from '#web/http/call.ts'

const WORKING_MS = 500

/** The latest first, page by page; of one agreement or of all. */
export function whatIfsQuery(filter: {
  readonly customer?: string | undefined
  readonly agreement?: string | undefined
}) {
  const { customer, agreement } = filter
  return infiniteQueryOptions({
    queryKey: ['what-ifs', 'list', { customer, agreement }],
    queryFn: ({ signal, pageParam }) =>
      call(
        api.listWhatIfs,
        {
          query: {
            limit: 50,
            ...(customer && { customer }),
            ...(agreement && { agreement }),
            ...(pageParam && { cursor: pageParam }),
          },
        },
        signal,
      ),
    initialPageParam: '',
    getNextPageParam: ({ nextCursor }) => nextCursor,
  })
}

/** One; asked for again while it is counted. */
export function whatIfQuery(id: string) {
  return queryOptions({
    queryKey: ['what-ifs', id],
    queryFn: ({ signal }) => call(api.getWhatIf, { params: { id } }, signal),
    refetchInterval: ({ state: { data } }) => (data?.state === 'computing' ? WORKING_MS : false),
    // The draft may have been changed on another page.
    staleTime: 0,
  })
}

/** What the customer's contracts would have credited. */
export function creditsQuery(id: string) {
  return queryOptions({
    queryKey: ['what-ifs', id, 'credits'],
    queryFn: ({ signal }) => call(api.getWhatIfCredits, { params: { id } }, signal),
  })
}

export interface DifferenceChoice {
  readonly show: 'flips' | 'all'
  readonly metric: api.WhatIfDifference['metric'] | undefined
  readonly priority: levels.Priority | undefined
}

/** The clocks that come out differently. */
export function differencesQuery(id: string, { show, metric, priority }: DifferenceChoice) {
  return infiniteQueryOptions({
    queryKey: ['what-ifs', id, 'differences', { show, metric, priority }],
    queryFn: ({ signal, pageParam }) =>
      call(
        api.listWhatIfDifferences,
        {
          params: { id },
          query: {
            limit: 100,
            ...(show === 'flips' && { flips: 'true' }),
            ...(metric && { metric }),
            ...(priority && { priority }),
            ...(pageParam && { cursor: pageParam }),
          },
        },
        signal,
      ),
    initialPageParam: '',
    getNextPageParam: ({ nextCursor }) => nextCursor,
  })
}

export interface CaseChoice {
  readonly side: 'before' | 'after'
  readonly metric: api.WhatIfCase['metric']
  readonly month: string | undefined
  readonly priority: levels.Priority | undefined
  readonly verdict: api.WhatIfCase['verdict'] | undefined
}

/** The results under a figure, page by page. */
export function casesQuery(id: string, choice: CaseChoice) {
  return infiniteQueryOptions({
    queryKey: ['what-ifs', id, 'cases', choice],
    queryFn: ({ signal, pageParam }) =>
      call(
        api.listWhatIfCases,
        { params: { id }, query: { ...choice, limit: 100, ...(pageParam && { cursor: pageParam }) } },
        signal,
      ),
    initialPageParam: '',
    getNextPageParam: ({ nextCursor }) => nextCursor,
  })
}

/** How a clock is counted before and after. */
export function differenceQuery(id: string, position: number) {
  return queryOptions({
    queryKey: ['what-ifs', id, 'difference', position],
    queryFn: ({ signal }) => call(api.explainWhatIfDifference, { params: { id, position } }, signal),
    staleTime: 30_000,
  })
}

export function agreementQuery(id: string) {
  return queryOptions({
    queryKey: ['agreements', id],
    queryFn: ({ signal }) => call(levels.getAgreement, { params: { id } }, signal),
  })
}
