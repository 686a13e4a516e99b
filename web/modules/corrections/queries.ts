import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query'
import * as api from '#api/corrections'
import * as incidents from '#api/incidents'
import * as requests from '#api/requests'
import * as levels from '#api/service-levels'
import * as services from '#api/services'
import { call } from '#web/http/call.ts'

/** As many as can be chosen from. */
const MOST = 200
const WORKING_MS = 700

/** The latest first, page by page. */
export function correctionsQuery(customer: string | undefined) {
  return infiniteQueryOptions({
    queryKey: ['corrections', 'list', { customer }],
    queryFn: ({ signal, pageParam }) =>
      call(
        api.listCorrections,
        { query: { limit: 50, ...(customer && { customer }), ...(pageParam && { cursor: pageParam }) } },
        signal,
      ),
    initialPageParam: '',
    getNextPageParam: ({ nextCursor }) => nextCursor,
  })
}

/** One correction; asked for again while it is counted or made. */
export function correctionQuery(id: string) {
  return queryOptions({
    queryKey: ['corrections', id],
    queryFn: ({ signal }) => call(api.getCorrection, { params: { id } }, signal),
    refetchInterval: ({ state: { data } }) => (data !== undefined && isWorking(data) ? WORKING_MS : false),
  })
}

/** Something goes on in the background. */
export function isWorking({ state }: Pick<api.Correction, 'state'>): boolean {
  return state === 'computing' || state === 'approved'
}

export type Shown = 'flips' | 'locked' | 'all'

/** The customers’ clocks that come out differently, or what others promised behind them. */
export function differencesQuery(id: string, show: Shown | 'behind', version: number) {
  return infiniteQueryOptions({
    queryKey: ['corrections', id, 'differences', show, version],
    queryFn: ({ signal, pageParam }) =>
      call(
        api.listCorrectionDifferences,
        {
          params: { id },
          query: {
            limit: 100,
            behind: String(show === 'behind'),
            ...(show === 'flips' && { flips: 'true' }),
            ...(show === 'locked' && { locked: 'true' }),
            ...(pageParam && { cursor: pageParam }),
          },
        },
        signal,
      ),
    initialPageParam: '',
    getNextPageParam: ({ nextCursor }) => nextCursor,
  })
}

/** What it does to the figures of months. */
export function figuresQuery(id: string, version: number) {
  return queryOptions({
    queryKey: ['corrections', id, 'figures', version],
    queryFn: async ({ signal }) => (await call(api.listCorrectionFigures, { params: { id } }, signal)).items,
  })
}

/** What it does to the availability of services. */
export function availabilityQuery(id: string, version: number) {
  return queryOptions({
    queryKey: ['corrections', id, 'availability', version],
    queryFn: async ({ signal }) => (await call(api.listCorrectionAvailability, { params: { id } }, signal)).items,
  })
}

/** How a clock is counted before and after. */
export function differenceQuery(id: string, position: number) {
  return queryOptions({
    queryKey: ['corrections', id, 'difference', position],
    queryFn: ({ signal }) => call(api.explainCorrectionDifference, { params: { id, position } }, signal),
    staleTime: 30_000,
  })
}

export function calendarQuery(id: string) {
  return queryOptions({
    queryKey: ['calendars', id],
    queryFn: ({ signal }) => call(levels.getCalendar, { params: { id } }, signal),
  })
}

export function agreementQuery(id: string) {
  return queryOptions({
    queryKey: ['agreements', id],
    queryFn: ({ signal }) => call(levels.getAgreement, { params: { id } }, signal),
  })
}

export function incidentQuery(id: string) {
  return queryOptions({
    queryKey: ['incidents', 'one', id],
    queryFn: ({ signal }) => call(incidents.getIncident, { params: { id } }, signal),
  })
}

/** What happened to an incident, as far as it can be corrected. */
export function factsQuery(id: string) {
  return queryOptions({
    queryKey: ['corrections', 'facts', id],
    queryFn: async ({ signal }) =>
      (await call(incidents.readTimeline, { params: { id }, query: { limit: 1000 } }, signal)).items,
  })
}

export function orderQuery(id: string) {
  return queryOptions({
    queryKey: ['requests', 'one', id],
    queryFn: ({ signal }) => call(requests.getRequest, { params: { id } }, signal),
  })
}

/** What happened to an order, as far as it can be corrected. */
export function orderFactsQuery(id: string) {
  return queryOptions({
    queryKey: ['corrections', 'order-facts', id],
    queryFn: async ({ signal }) =>
      (await call(requests.readRequestTimeline, { params: { id }, query: { limit: 1000 } }, signal)).items,
  })
}

export function servicesQuery(customer: string) {
  return queryOptions({
    queryKey: ['choices', 'services', { customer }],
    queryFn: async ({ signal }) =>
      (await call(services.listServices, { query: { customer, limit: MOST } }, signal)).items,
    staleTime: 60_000,
  })
}
