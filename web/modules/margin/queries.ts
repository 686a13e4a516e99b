import { queryOptions } from '@tanstack/react-query'
import * as contracts from '#api/contracts'
import * as api from '#api/margin'
import { call } from '#web/http/call.ts'

export function profitQuery(id: string) {
  return queryOptions({
    queryKey: ['margin', 'profit', id],
    queryFn: ({ signal }) => call(api.getProfit, { params: { id }, query: {} }, signal),
  })
}

/** One month, which may be ahead, with what is planned of it. */
export function plannedQuery(id: string, month: string) {
  return queryOptions({
    queryKey: ['margin', 'planned', id, month],
    queryFn: ({ signal }) => call(api.getProfit, { params: { id }, query: { from: month, to: month } }, signal),
  })
}

export function postingsQuery(id: string, of: { readonly month: string; readonly account: string } | 'unpaid') {
  const narrowed = of === 'unpaid' ? { unpaid: true } : of
  return queryOptions({
    queryKey: ['margin', 'postings', id, of],
    queryFn: async ({ signal }) =>
      (await call(api.listPostings, { params: { id }, query: { ...narrowed, limit: 100 } }, signal)).items,
  })
}

/** What the provider keeps to itself of a contract. */
export function privateQuery(id: string) {
  return queryOptions({
    queryKey: ['margin', 'private', id],
    queryFn: ({ signal }) => call(contracts.getContractPrivate, { params: { id } }, signal),
  })
}

export function portfolioQuery(customer: string | undefined) {
  return queryOptions({
    queryKey: ['margin', 'portfolio', customer],
    queryFn: ({ signal }) => call(api.listPortfolio, { query: { customer } }, signal),
  })
}

export function checklistQuery(customer: string, month: string) {
  return queryOptions({
    queryKey: ['margin', 'checklist', customer, month],
    queryFn: ({ signal }) => call(api.getChecklist, { params: { customer, month } }, signal),
  })
}
