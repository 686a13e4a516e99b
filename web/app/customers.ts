import { keepPreviousData, queryOptions } from '@tanstack/react-query'
import * as api from '#api/customers'
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
