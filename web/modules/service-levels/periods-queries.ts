import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query'
import { listAvailabilityAdjustments } from '#api/availability'
import * as api from '#api/service-levels'
import { call } from '#web/http/call.ts'

/** Months of a customer, or of all, the latest first. */
export function periodsQuery(customer: string | undefined) {
  return infiniteQueryOptions({
    queryKey: ['periods', 'list', { customer }],
    queryFn: ({ signal, pageParam }) =>
      call(
        api.listPeriods,
        { query: { limit: 50, ...(customer && { customer }), ...(pageParam && { cursor: pageParam }) } },
        signal,
      ),
    initialPageParam: '',
    getNextPageParam: ({ nextCursor }) => nextCursor,
  })
}

/** One month of a customer; null while nothing was counted in it. */
export function periodQuery(customer: string, month: string) {
  return queryOptions({
    queryKey: ['periods', 'one', customer, month],
    queryFn: async ({ signal }) => {
      // The latest first: a month is where its number of months ago says, or there is none.
      const { items } = await call(api.listPeriods, { query: { customer, limit: 200 } }, signal)
      return items.find((period) => period.month === month) ?? null
    },
  })
}

/** Who closed, locked or opened a customer's month, when and why. */
export function periodStepsQuery(customer: string, month: string) {
  return queryOptions({
    queryKey: ['periods', 'steps', customer, month],
    queryFn: async ({ signal }) => (await call(api.listPeriodSteps, { params: { customer, month } }, signal)).items,
  })
}

export interface AdjustmentFilter {
  readonly customer: string
  /** The locked month that they are about. */
  readonly about?: string
  /** The first day of entry, and the day after the last. */
  readonly from?: string
  readonly to?: string
  /** Only those with another verdict. */
  readonly moving?: 'true'
}

/** What differs from what was told of locked months, the latest first. */
export function adjustmentsQuery(filter: AdjustmentFilter) {
  return infiniteQueryOptions({
    queryKey: ['periods', 'adjustments', filter],
    queryFn: ({ signal, pageParam }) =>
      call(api.listAdjustments, { query: { limit: 50, ...filter, ...(pageParam && { cursor: pageParam }) } }, signal),
    initialPageParam: '',
    getNextPageParam: ({ nextCursor }) => nextCursor,
  })
}

/** The same of the availability of a customer's services. */
export function availabilityAdjustmentsQuery(customer: string) {
  return infiniteQueryOptions({
    queryKey: ['availability', 'adjustments', 'all', customer],
    queryFn: ({ signal, pageParam }) =>
      call(
        listAvailabilityAdjustments,
        { query: { limit: 50, customer, ...(pageParam && { cursor: pageParam }) } },
        signal,
      ),
    initialPageParam: '',
    getNextPageParam: ({ nextCursor }) => nextCursor,
  })
}
