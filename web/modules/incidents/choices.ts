import { type InfiniteData, queryOptions, useQuery, useQueryClient } from '@tanstack/react-query'
import * as customers from '#api/customers'
import { barredFromInside } from '#core/may.ts'
import * as people from '#api/people'
import * as serviceLevels from '#api/service-levels'
import * as services from '#api/services'
import * as sites from '#api/sites'
import { call } from '#web/http/call.ts'
import { useAsker } from '#web/modules/people/index.ts'

/** As many of a kind as can be chosen from; whoever has more finds them by the customer's switch and by words. */
const MOST = 200
const STALE_MS = 60_000

/** All customers that may be chosen. */
export function customersToChoose() {
  return queryOptions({
    queryKey: ['choices', 'customers'],
    queryFn: async ({ signal }) => (await call(customers.listCustomers, { query: { limit: MOST } }, signal)).items,
    staleTime: STALE_MS,
  })
}

function sitesToChoose(customer: string | undefined) {
  return queryOptions({
    queryKey: ['choices', 'sites', { customer }],
    queryFn: async ({ signal }) => (await call(sites.listSites, { query: { customer, limit: MOST } }, signal)).items,
    staleTime: STALE_MS,
  })
}

function servicesToChoose(customer: string | undefined) {
  return queryOptions({
    queryKey: ['choices', 'services', { customer }],
    queryFn: async ({ signal }) =>
      (await call(services.listServices, { query: { customer, limit: MOST } }, signal)).items,
    staleTime: STALE_MS,
  })
}

function teamsToChoose() {
  return queryOptions({
    queryKey: ['choices', 'teams'],
    queryFn: async ({ signal }) => (await call(people.listTeams, { query: { limit: MOST } }, signal)).items,
    staleTime: STALE_MS,
  })
}

export function useCustomers() {
  return useQuery(customersToChoose()).data ?? []
}

/** Of a customer; none without one. */
export function useSites(customer: string | undefined) {
  return useQuery({ ...sitesToChoose(customer), enabled: customer !== undefined }).data ?? []
}

export function useServices(customer: string | undefined) {
  return useQuery(servicesToChoose(customer)).data ?? []
}

/** With their members; none for a customer's people, whom they do not concern. */
export function useTeams() {
  const inside = barredFromInside(useAsker()) === null
  return useQuery({ ...teamsToChoose(), enabled: inside }).data ?? []
}

/** Names for what facts name by ids: a customer's sites and services, and who works. */
export function useKnownNames(customer: string): ReadonlyMap<string, string> {
  const places = [...useSites(customer), ...useServices(customer)]
  const teams = useTeams()
  const known = [...places, ...teams, ...teams.flatMap(({ members }) => members)]
  return new Map(known.map(({ id, name }) => [id, name]))
}

/** What was promised to a customer. */
export function useAgreements(customer: string | undefined) {
  const query = queryOptions({
    queryKey: ['choices', 'agreements', { customer }],
    queryFn: async ({ signal }) =>
      (await call(serviceLevels.listAgreements, { query: { customer, limit: MOST } }, signal)).items.filter(
        ({ type }) => type === 'sla',
      ),
    staleTime: STALE_MS,
    enabled: customer !== undefined,
  })
  return useQuery(query).data ?? []
}

/** Everybody who is in a team, by name: whom work can be given to. */
export function useColleagues(): readonly { readonly id: string; readonly name: string }[] {
  const teams = useTeams()
  const byId = new Map(teams.flatMap(({ members }) => members.map(({ id, name }) => [id, { id, name }] as const)))
  return [...byId.values()].toSorted((one, other) => one.name.localeCompare(other.name))
}

/** Categories of the incidents that were listed so far: there is no catalogue of them, only what people wrote. */
export function useKnownCategories(): readonly string[] {
  const client = useQueryClient()
  const lists = client.getQueriesData<
    InfiniteData<{ readonly items: readonly { readonly category: string | null }[] }>
  >({
    queryKey: ['incidents', 'list'],
  })
  const categories = lists.flatMap(([, data]) => data?.pages.slice(0, 3) ?? []).flatMap(({ items }) => items)
  return [...new Set(categories.flatMap(({ category }) => category ?? []))].toSorted()
}
