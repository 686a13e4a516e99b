import { keepPreviousData, queryOptions, useQuery } from '@tanstack/react-query'
import * as api from '#api/customers'
import * as sites from '#api/sites'
import { call } from '#web/http/call.ts'

/** Customers whose name has these words, for choosing one. */
export function customersQuery(words: string) {
  return queryOptions({
    queryKey: ['customers', { words }],
    queryFn: ({ signal }) =>
      call(api.listCustomers, { query: { limit: 50, ...(words !== '' && { q: words }) } }, signal),
    placeholderData: keepPreviousData,
    staleTime: 60_000,
  })
}

export function customerQuery(id: string) {
  return queryOptions({
    queryKey: ['customers', id],
    queryFn: ({ signal }) => call(api.getCustomer, { params: { id } }, signal),
    staleTime: 300_000,
    retry: false,
  })
}

/** Sites of a customer whose name has these words, for choosing one. */
export function sitesQuery(customer: string, words: string) {
  return queryOptions({
    queryKey: ['sites', { customer, words }],
    queryFn: ({ signal }) =>
      call(sites.listSites, { query: { customer, limit: 50, ...(words !== '' && { q: words }) } }, signal),
    placeholderData: keepPreviousData,
    staleTime: 60_000,
  })
}

export function siteQuery(id: string) {
  return queryOptions({
    queryKey: ['sites', id],
    queryFn: ({ signal }) => call(sites.getSite, { params: { id } }, signal),
    staleTime: 300_000,
    retry: false,
  })
}

/** The name of the chosen site; undefined where none is chosen, and until it is known. */
export function useSiteName(id: string | undefined): string | undefined {
  return useQuery({ ...siteQuery(id ?? ''), enabled: id !== undefined }).data?.name
}
