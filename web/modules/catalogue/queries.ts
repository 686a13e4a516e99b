import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query'
import * as api from '#api/catalogue'
import * as people from '#api/people'
import * as requests from '#api/requests'
import * as services from '#api/services'
import * as sites from '#api/sites'
import { call } from '#web/http/call.ts'

const MINUTE_MS = 60_000
/** As many can be chosen from. */
const MOST = 200

interface Wanted {
  readonly q: string | undefined
  readonly customer: string | undefined
  /** Only what is on offer. */
  readonly offered?: boolean
}

/** What can be ordered, by name; by words the best fitting. */
export function itemsQuery({ q, customer, offered = false }: Wanted) {
  const query = { limit: 100, customer, ...(q && { q }), ...(offered && { state: 'published' as const }) }
  return infiniteQueryOptions({
    queryKey: ['catalogue', 'list', query],
    queryFn: ({ signal, pageParam }) =>
      call(api.listCatalogueItems, { query: { ...query, ...(pageParam && { cursor: pageParam }) } }, signal),
    initialPageParam: '',
    getNextPageParam: ({ nextCursor }) => nextCursor,
  })
}

export function itemQuery(id: string) {
  return queryOptions({
    queryKey: ['catalogue', 'one', id],
    queryFn: ({ signal }) => call(api.getCatalogueItem, { params: { id } }, signal),
  })
}

export function itemVersionsQuery(id: string) {
  return queryOptions({
    queryKey: ['catalogue', 'one', id, 'versions'],
    queryFn: async ({ signal }) => (await call(api.listCatalogueItemVersions, { params: { id } }, signal)).items,
  })
}

/** What an item can name: teams, services and sites of a customer, and people who decide. */
export function choicesQuery(customer: string) {
  return queryOptions({
    queryKey: ['catalogue', 'choices', customer],
    queryFn: async ({ signal }) => {
      const of = customer === '' ? {} : { customer }
      const none = { items: [] }
      const [teams, offered, places, ours, theirs] = await Promise.all([
        call(people.listTeams, { query: { limit: MOST } }, signal),
        call(services.listServices, { query: { limit: MOST, ...of } }, signal),
        customer === '' ? none : call(sites.listSites, { query: { limit: MOST, ...of } }, signal),
        call(people.listPeople, { query: { limit: MOST, home: 'provider' } }, signal),
        customer === '' ? none : call(people.listPeople, { query: { limit: MOST, ...of } }, signal),
      ])
      return {
        teams: teams.items,
        services: offered.items.filter(({ customerId }) => customer !== '' || customerId === null),
        sites: places.items,
        people: [...theirs.items, ...ours.items],
      }
    },
    staleTime: MINUTE_MS,
  })
}

/** How the fields of an item were used lately, by their keys. */
export function fieldUseQuery(id: string) {
  return queryOptions({
    queryKey: ['catalogue', 'one', id, 'field-use'],
    queryFn: async ({ signal }) => {
      const { fields } = await call(requests.readFieldUse, { params: { id } }, signal)
      return new Map(fields.map((each) => [each.key, each]))
    },
  })
}
