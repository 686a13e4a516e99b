import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query'
import * as api from '#api/escalations'
import * as incidents from '#api/incidents'
import * as people from '#api/people'
import { call } from '#web/http/call.ts'

const MINUTE_MS = 60_000
/** As many can be chosen from. */
const MOST = 200

interface ListedEscalations {
  /** Undefined for all. */
  readonly state: 'open' | 'over' | undefined
  readonly customer: string | undefined
  readonly rule: string | undefined
}

/** The newest first, page by page. */
export function escalationsQuery({ state, customer, rule }: ListedEscalations) {
  return infiniteQueryOptions({
    queryKey: ['escalations', 'list', { state, customer, rule }],
    queryFn: ({ signal, pageParam }) =>
      call(
        api.listEscalations,
        { query: { limit: 50, state, rule, ...(customer && { customer }), ...(pageParam && { cursor: pageParam }) } },
        signal,
      ),
    initialPageParam: '',
    getNextPageParam: ({ nextCursor }) => nextCursor,
    refetchInterval: MINUTE_MS,
  })
}

export function escalationQuery(id: string) {
  return queryOptions({
    queryKey: ['escalations', 'one', id],
    queryFn: ({ signal }) => call(api.getEscalation, { params: { id } }, signal),
    refetchInterval: MINUTE_MS,
  })
}

export function rulesQuery() {
  return queryOptions({
    queryKey: ['escalations', 'rules'],
    queryFn: async ({ signal }) => (await call(api.listEscalationRules, {}, signal)).items,
  })
}

/** The incident that is to be escalated. */
export function subjectQuery(id: string) {
  return queryOptions({
    queryKey: ['incidents', 'one', id],
    queryFn: ({ signal }) => call(incidents.getIncident, { params: { id } }, signal),
  })
}

/** Our own people, by name. */
export function colleaguesQuery() {
  return queryOptions({
    queryKey: ['people', 'colleagues'],
    queryFn: async ({ signal }) =>
      (await call(people.listPeople, { query: { home: 'provider', limit: MOST } }, signal)).items,
    staleTime: MINUTE_MS,
  })
}
