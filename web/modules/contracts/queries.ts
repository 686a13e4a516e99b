import { queryOptions } from '@tanstack/react-query'
import * as api from '#api/contracts'
import * as credits from '#api/credits'
import * as customers from '#api/customers'
import { call } from '#web/http/call.ts'

export function contractsQuery(customer: string | undefined) {
  return queryOptions({
    queryKey: ['contracts', 'list', customer],
    queryFn: async ({ signal }) => (await call(api.listContracts, { query: { limit: 200, customer } }, signal)).items,
  })
}

export function contractQuery(id: string) {
  return queryOptions({
    queryKey: ['contracts', 'one', id],
    queryFn: ({ signal }) => call(api.getContract, { params: { id } }, signal),
  })
}

export function daysQuery(customer: string | undefined) {
  return queryOptions({
    queryKey: ['contracts', 'days', customer],
    queryFn: async ({ signal }) => (await call(api.listContractDays, { query: { customer } }, signal)).items,
  })
}

/** Days of one contract, as far ahead as it goes. */
export function contractDaysQuery(id: string, { from, to }: { readonly from: string; readonly to: string }) {
  return queryOptions({
    queryKey: ['contracts', 'days', 'one', id, from, to],
    queryFn: async ({ signal }) =>
      (await call(api.listContractDays, { query: { contract: id, from, to } }, signal)).items,
  })
}

export function obligationsQuery(id: string) {
  return queryOptions({
    queryKey: ['contracts', 'obligations', id],
    queryFn: async ({ signal }) => (await call(api.listObligations, { params: { id } }, signal)).items,
  })
}

export function chargesQuery(id: string) {
  return queryOptions({
    queryKey: ['contracts', 'charges', id],
    queryFn: async ({ signal }) => (await call(api.listCharges, { params: { id }, query: {} }, signal)).months,
  })
}

export function disputesQuery(id: string) {
  return queryOptions({
    queryKey: ['contracts', 'disputes', id],
    queryFn: async ({ signal }) => (await call(api.listDisputes, { params: { id } }, signal)).items,
  })
}

export function creditsQuery(id: string) {
  return queryOptions({
    queryKey: ['contracts', 'credits', id],
    queryFn: async ({ signal }) => (await call(credits.listCredits, { params: { id } }, signal)).items,
  })
}

export function creditQuery(id: string) {
  return queryOptions({
    queryKey: ['contracts', 'credit', id],
    queryFn: ({ signal }) => call(credits.getCredit, { params: { id } }, signal),
  })
}

export function regimeQuery(id: string) {
  return queryOptions({
    queryKey: ['contracts', 'regime', id],
    queryFn: ({ signal }) => call(credits.getCreditRegime, { params: { id } }, signal),
  })
}

export function outlookQuery(id: string) {
  return queryOptions({
    queryKey: ['contracts', 'outlook', id],
    queryFn: ({ signal }) => call(credits.getCreditOutlook, { params: { id } }, signal),
  })
}

/** Customers to choose from. */
export function customersQuery() {
  return queryOptions({
    queryKey: ['choices', 'customers'],
    queryFn: async ({ signal }) => (await call(customers.listCustomers, { query: { limit: 200 } }, signal)).items,
  })
}

export function linesQuery(id: string) {
  return queryOptions({
    queryKey: ['contracts', 'lines', id],
    queryFn: async ({ signal }) => (await call(api.listChargeLines, { params: { id } }, signal)).items,
  })
}

export function readingsQuery(id: string) {
  return queryOptions({
    queryKey: ['contracts', 'readings', id],
    queryFn: async ({ signal }) => (await call(api.listVolumeReadings, { params: { id } }, signal)).items,
  })
}

export function indexationsQuery(id: string) {
  return queryOptions({
    queryKey: ['contracts', 'indexations', id],
    queryFn: async ({ signal }) => (await call(api.listIndexations, { params: { id } }, signal)).items,
  })
}

export function invoicingQuery(id: string) {
  return queryOptions({
    queryKey: ['contracts', 'invoicing', id],
    queryFn: ({ signal }) => call(api.getInvoicing, { params: { id } }, signal),
  })
}

export function regimeTextQuery(id: string) {
  return queryOptions({
    queryKey: ['contracts', 'regime-text', id],
    queryFn: ({ signal }) => call(credits.getRegimeText, { params: { id } }, signal),
  })
}
