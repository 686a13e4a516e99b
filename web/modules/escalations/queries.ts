import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query'
import * as api from '#api/escalations'
import type { Escalation } from '#api/escalations'
import * as incidents from '#api/incidents'
import * as people from '#api/people'
import { call } from '#web/http/call.ts'

const MINUTE_MS = 60_000
/** As many can be chosen from. */
const MOST = 200

interface ListedEscalations {
  /** Undefined for all. */
  readonly state: 'open' | 'over' | 'counted' | undefined
  readonly customer: string | undefined
  readonly rule: string | undefined
  readonly source?: Escalation['source'] | undefined
  readonly since?: Date | undefined
  readonly late?: boolean | undefined
  /** Only those that have what a figure is reckoned from. */
  readonly having?: 'taken' | 'said' | undefined
}

/** The newest first, page by page. */
export function escalationsQuery({ state, customer, rule, source, since, late, having }: ListedEscalations) {
  return infiniteQueryOptions({
    queryKey: ['escalations', 'list', { state, customer, rule, source, since, late, having }],
    queryFn: ({ signal, pageParam }) =>
      call(
        api.listEscalations,
        {
          query: {
            limit: 50,
            state,
            rule,
            source,
            since,
            late,
            ...(having && { [having]: true }),
            ...(customer && { customer }),
            ...(pageParam && { cursor: pageParam }),
          },
        },
        signal,
      ),
    initialPageParam: '',
    getNextPageParam: ({ nextCursor }) => nextCursor,
    refetchInterval: MINUTE_MS,
  })
}

/** Those of a year, by who asked. */
export function reportQuery(customer: string | undefined) {
  return queryOptions({
    queryKey: ['escalations', 'report', customer],
    queryFn: ({ signal }) => call(api.reportEscalations, { query: { ...(customer && { customer }) } }, signal),
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
