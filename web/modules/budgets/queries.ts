import { queryOptions } from '@tanstack/react-query'
import * as api from '#api/budgets'
import * as people from '#api/people'
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

export function limitsQuery() {
  return queryOptions({
    queryKey: ['budgets', 'limits'],
    queryFn: async ({ signal }) => (await call(api.listApprovalLimits, {}, signal)).items,
  })
}

export function stepsQuery() {
  return queryOptions({
    queryKey: ['budgets', 'steps'],
    queryFn: async ({ signal }) => (await call(api.listApprovalSteps, {}, signal)).items,
  })
}

export function ratesQuery() {
  return queryOptions({
    queryKey: ['budgets', 'rates'],
    queryFn: async ({ signal }) => (await call(api.listRateSets, {}, signal)).items,
  })
}

/** Our own people, of whom somebody gets a limit. */
export function oursQuery() {
  return queryOptions({
    queryKey: ['budgets', 'ours'],
    queryFn: async ({ signal }) =>
      (await call(people.listPeople, { query: { home: 'provider', limit: 200 } }, signal)).items,
  })
}
