import { queryOptions } from '@tanstack/react-query'
import * as credits from '#api/credits'
import * as customers from '#api/customers'
import * as api from '#api/renewals'
import { call } from '#web/http/call.ts'

export function renewalsQuery(customer: string | undefined) {
  return queryOptions({
    queryKey: ['renewals', 'list', customer],
    queryFn: async ({ signal }) => (await call(api.listRenewals, { query: { customer } }, signal)).items,
  })
}

export function renewalQuery(id: string) {
  return queryOptions({
    queryKey: ['renewals', 'one', id],
    queryFn: ({ signal }) => call(api.getRenewal, { params: { id } }, signal),
  })
}

export function opportunitiesQuery(customer: string | undefined) {
  return queryOptions({
    queryKey: ['renewals', 'opportunities', customer],
    queryFn: async ({ signal }) => (await call(api.listOpportunities, { query: { customer } }, signal)).items,
  })
}

export function opportunityQuery(id: string) {
  return queryOptions({
    queryKey: ['renewals', 'opportunity', id],
    queryFn: ({ signal }) => call(api.getOpportunity, { params: { id } }, signal),
  })
}

export function signalsQuery(customer: string | undefined) {
  return queryOptions({
    queryKey: ['renewals', 'signals', customer],
    queryFn: async ({ signal }) => (await call(api.listSignals, { query: { customer } }, signal)).items,
  })
}

/** The levels that a contract's credits hang on; none where it says nothing of credits. */
export function levelsQuery(contractId: string) {
  return queryOptions({
    queryKey: ['renewals', 'levels', contractId],
    queryFn: async ({ signal }) =>
      (await call(credits.getCreditRegime, { params: { id: contractId } }, signal)).regime?.terms.levels ?? [],
  })
}

export function customersQuery() {
  return queryOptions({
    queryKey: ['renewals', 'customers'],
    queryFn: async ({ signal }) => (await call(customers.listCustomers, { query: { limit: 200 } }, signal)).items,
  })
}
