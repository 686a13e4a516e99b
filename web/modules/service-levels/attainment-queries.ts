import { keepPreviousData, infiniteQueryOptions, queryOptions } from '@tanstack/react-query'
import * as customers from '#api/customers'
import * as incidents from '#api/incidents'
import * as api from '#api/service-levels'
import * as sites from '#api/sites'
import type { Grouping, Metric, Priority } from '#api/service-levels'
import { call } from '#web/http/call.ts'

/** What figures are narrowed to. Days are the customer's; `to` is the day after the last. */
export interface FigureFilter {
  readonly customer?: string | undefined
  readonly from: string
  readonly to: string
  readonly priority?: Priority | undefined
  readonly site?: string | undefined
  readonly service?: string | undefined
  readonly team?: string | undefined
}

export type CaseVerdict = (typeof api.verdicts)[number]

interface ReportFilter extends FigureFilter {
  readonly groupBy: Grouping
  /** With the median of the time to the resolution, which costs more. */
  readonly durations?: boolean
}

export function reportQuery(filter: ReportFilter) {
  return queryOptions({
    queryKey: ['attainment', 'report', filter],
    queryFn: ({ signal }) =>
      call(api.reportAttainment, { query: { ...filter, durations: filter.durations ? 'true' : 'false' } }, signal),
    placeholderData: keepPreviousData,
    staleTime: 30_000,
  })
}

export interface CaseFilter extends FigureFilter {
  readonly metric: Metric
  readonly verdict: CaseVerdict
}

/** The first few cases under a figure. */
export function someCasesQuery(filter: CaseFilter, limit: number) {
  return queryOptions({
    queryKey: ['attainment', 'cases', 'some', filter, limit],
    queryFn: async ({ signal }) => (await call(api.listAttainmentCases, { query: { ...filter, limit } }, signal)).items,
  })
}

/** All of them, page after page. */
export function casesQuery(filter: CaseFilter) {
  return infiniteQueryOptions({
    queryKey: ['attainment', 'cases', 'all', filter],
    queryFn: ({ pageParam, signal }) =>
      call(api.listAttainmentCases, { query: { ...filter, limit: 100, cursor: pageParam } }, signal),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: ({ nextCursor }) => nextCursor ?? undefined,
    placeholderData: keepPreviousData,
  })
}

/** What was agreed with a customer; nobody's without one. */
export function agreedQuery(customer: string | undefined) {
  return queryOptions({
    queryKey: ['attainment', 'agreed', { customer }],
    queryFn: async ({ signal }) => {
      const { items } = await call(api.listAgreements, { query: { customer, limit: 200 } }, signal)
      return items.filter(({ type }) => type === 'sla')
    },
    enabled: customer !== undefined,
    staleTime: 30_000,
  })
}

export function customersQuery() {
  return queryOptions({
    queryKey: ['attainment', 'customers'],
    queryFn: async ({ signal }) => (await call(customers.listCustomers, { query: { limit: 200 } }, signal)).items,
    staleTime: 60_000,
  })
}

/** Sites of a customer, to compare it with one of them. */
export function sitesQuery(customer: string | undefined) {
  return queryOptions({
    queryKey: ['attainment', 'sites', { customer }],
    queryFn: async ({ signal }) => (await call(sites.listSites, { query: { customer, limit: 200 } }, signal)).items,
    enabled: customer !== undefined,
    staleTime: 60_000,
  })
}

/** As many late incidents are counted; of more it is only known that there are more. */
const LATE_AT_MOST = 200

/** Open incidents that are late now: the first ones of the list by due moment. */
export function openLateQuery(customer: string | undefined, site: string | undefined) {
  return queryOptions({
    queryKey: ['attainment', 'open-late', { customer, site }],
    queryFn: async ({ signal }) => {
      const query = { customer, site, state: 'open' as const, sort: 'dueAt' as const, limit: LATE_AT_MOST }
      const { items, nextCursor } = await call(incidents.listIncidents, { query }, signal)
      const count = items.filter(({ clocks }) => clocks.some(({ state }) => state === 'breached-running')).length
      return { count, more: count === items.length && nextCursor !== null }
    },
    staleTime: 30_000,
  })
}
