import { infiniteQueryOptions, keepPreviousData, queryOptions } from '@tanstack/react-query'
import * as api from '#api/incidents'
import type { HandoverGrouping } from '#api/incidents'
import { call } from '#web/http/call.ts'

/** Which incidents are looked at: those opened in these days; `to` is the day after the last. */
export interface HandoverFilter {
  readonly customer: string | undefined
  readonly site: string | undefined
  readonly from: string
  readonly to: string
  readonly groupBy: HandoverGrouping
}

export function handoversQuery(filter: HandoverFilter) {
  return queryOptions({
    queryKey: ['incidents', 'handovers', filter],
    queryFn: ({ signal }) => call(api.reportHandovers, { query: filter }, signal),
    placeholderData: keepPreviousData,
    staleTime: 60_000,
  })
}

/** What lies under one figure. */
export interface HandoverCases extends HandoverFilter {
  /** Key of a group; all of them without. */
  readonly group?: string | undefined
  readonly only?: 'handed-on' | 'handed-on-twice' | 'ping-pong' | undefined
  readonly waitsFor?: string | undefined
}

/** As many as fit under a figure; more come when asked for. */
const SHOWN = 8

export function handoverCasesQuery(cases: HandoverCases) {
  return infiniteQueryOptions({
    queryKey: ['incidents', 'handovers', 'cases', cases],
    queryFn: ({ pageParam, signal }) =>
      call(api.listHandoverIncidents, { query: { ...cases, limit: SHOWN, cursor: pageParam } }, signal),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: ({ nextCursor }) => nextCursor ?? undefined,
  })
}
