import { queryOptions } from '@tanstack/react-query'
import * as api from '#api/budgets'
import * as people from '#api/people'
import * as services from '#api/services'
import * as sites from '#api/sites'
import { call } from '#web/http/call.ts'

export function budgetQuery(year: number | undefined, customer: string | undefined) {
  return queryOptions({
    queryKey: ['budgets', 'year', year, customer],
    queryFn: ({ signal }) => call(api.readBudget, { query: { year, customer } }, signal),
  })
}

/** What money that is asked for is called here. */
export function wordQuery() {
  return queryOptions({
    queryKey: ['budgets', 'word'],
    queryFn: async ({ signal }) => (await call(api.getBudgetWord, {}, signal)).appropriation,
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

/** Sites and services that a line can be for. */
export function placesQuery(customer: string) {
  return queryOptions({
    queryKey: ['budgets', 'places', customer],
    queryFn: async ({ signal }) => ({
      sites: (await call(sites.listSites, { query: { customer, limit: 200 } }, signal)).items,
      services: (await call(services.listServices, { query: { customer, limit: 200 } }, signal)).items,
    }),
  })
}
