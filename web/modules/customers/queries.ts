import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query'
import * as customers from '#api/customers'
import * as serviceLevels from '#api/service-levels'
import * as services from '#api/services'
import * as sites from '#api/sites'
import { call } from '#web/http/call.ts'

/** Sites and services that are shown before somebody asks for more. */
const SHOWN = 12

/** Customers by name, page by page. */
export function customerListQuery(words: string) {
  return infiniteQueryOptions({
    queryKey: ['customers', 'list', words],
    queryFn: ({ signal, pageParam }) =>
      call(
        customers.listCustomers,
        { query: { limit: 50, ...(words !== '' && { q: words }), ...(pageParam && { cursor: pageParam }) } },
        signal,
      ),
    initialPageParam: '',
    getNextPageParam: ({ nextCursor }) => nextCursor,
  })
}

export function sitesQuery(customer: string) {
  return infiniteQueryOptions({
    queryKey: ['sites', customer],
    queryFn: ({ signal, pageParam }) =>
      call(sites.listSites, { query: { limit: SHOWN, customer, ...(pageParam && { cursor: pageParam }) } }, signal),
    initialPageParam: '',
    getNextPageParam: ({ nextCursor }) => nextCursor,
  })
}

export function servicesQuery(customer: string) {
  return infiniteQueryOptions({
    queryKey: ['services', customer],
    queryFn: ({ signal, pageParam }) =>
      call(
        services.listServices,
        { query: { limit: SHOWN, customer, ...(pageParam && { cursor: pageParam }) } },
        signal,
      ),
    initialPageParam: '',
    getNextPageParam: ({ nextCursor }) => nextCursor,
  })
}

/** What was agreed with a customer: as many as a page shows; the rest are on the page of the agreements. */
export function customerAgreementsQuery(customer: string) {
  return queryOptions({
    queryKey: ['agreements', 'of', customer],
    queryFn: ({ signal }) => call(serviceLevels.listAgreements, { query: { customer, limit: 20 } }, signal),
  })
}
