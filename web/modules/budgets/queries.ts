import { queryOptions } from '@tanstack/react-query'
import * as api from '#api/budgets'
import { call } from '#web/http/call.ts'

export function budgetQuery(year: number | undefined, customer: string | undefined) {
  return queryOptions({
    queryKey: ['budgets', 'year', year, customer],
    queryFn: ({ signal }) => call(api.readBudget, { query: { year, customer } }, signal),
  })
}

export function lineQuery(id: string) {
  return queryOptions({
    queryKey: ['budgets', 'line', id],
    queryFn: ({ signal }) => call(api.getBudgetLine, { params: { id } }, signal),
  })
}

export function forecastsQuery(year: number, customer: string | undefined) {
  return queryOptions({
    queryKey: ['budgets', 'forecasts', year, customer],
    queryFn: async ({ signal }) => (await call(api.listForecasts, { query: { year, customer } }, signal)).items,
  })
}

export function efficiencyQuery(year: number, customer: string | undefined) {
  return queryOptions({
    queryKey: ['budgets', 'efficiency', year, customer],
    queryFn: ({ signal }) => call(api.getEfficiency, { params: { year }, query: { customer } }, signal),
  })
}

export function appropriationsQuery(customer: string | undefined) {
  return queryOptions({
    queryKey: ['budgets', 'appropriations', customer],
    queryFn: async ({ signal }) => (await call(api.listAppropriations, { query: { customer } }, signal)).items,
  })
}

export function appropriationQuery(id: string) {
  return queryOptions({
    queryKey: ['budgets', 'appropriation', id],
    queryFn: ({ signal }) => call(api.getAppropriation, { params: { id } }, signal),
  })
}
