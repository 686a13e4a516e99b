import { queryOptions } from '@tanstack/react-query'
import * as customers from '#api/customers'
import * as api from '#api/macros'
import * as people from '#api/people'
import { call } from '#web/http/call.ts'

const MINUTE_MS = 60_000
/** As many can be chosen from. */
const MOST = 200

export function templatesQuery() {
  return queryOptions({
    queryKey: ['macros', 'templates'],
    queryFn: ({ signal }) => call(api.listTextTemplates, {}, signal),
  })
}

export function macrosQuery() {
  return queryOptions({
    queryKey: ['macros', 'macros'],
    queryFn: async ({ signal }) => (await call(api.listMacros, {}, signal)).items,
  })
}

export function customersToChoose() {
  return queryOptions({
    queryKey: ['choices', 'customers'],
    queryFn: async ({ signal }) => (await call(customers.listCustomers, { query: { limit: MOST } }, signal)).items,
    staleTime: MINUTE_MS,
  })
}

export function teamsToChoose() {
  return queryOptions({
    queryKey: ['choices', 'teams'],
    queryFn: async ({ signal }) => (await call(people.listTeams, { query: { limit: MOST } }, signal)).items,
    staleTime: MINUTE_MS,
  })
}
