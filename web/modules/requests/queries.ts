import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query'
import * as corrections from '#api/corrections'
import * as api from '#api/requests'
import * as levels from '#api/service-levels'
import * as people from '#api/people'
import { call } from '#web/http/call.ts'

const MINUTE_MS = 60_000

interface Listed {
  readonly state?: 'open' | 'over' | undefined
  readonly customer?: string | undefined
  readonly item?: string | undefined
  readonly field?: string | undefined
  readonly fulfilment?: 'met' | 'missed' | 'excluded' | undefined
  readonly deliveredFrom?: string | undefined
  readonly deliveredTo?: string | undefined
}

/** Open ones by what is promised next, all others the last changed first. */
export function requestsQuery({ state, customer, item, field, fulfilment, deliveredFrom, deliveredTo }: Listed) {
  const query = {
    limit: 50,
    state,
    customer,
    item,
    field,
    fulfilment,
    deliveredFrom,
    deliveredTo,
    sort: state === 'open' ? ('promisedAt' as const) : undefined,
  }
  return infiniteQueryOptions({
    queryKey: ['requests', 'list', query],
    queryFn: ({ signal, pageParam }) =>
      call(api.listRequests, { query: { ...query, ...(pageParam && { cursor: pageParam }) } }, signal),
    initialPageParam: '',
    getNextPageParam: ({ nextCursor }) => nextCursor,
    refetchInterval: MINUTE_MS,
  })
}

export function requestQuery(id: string) {
  return queryOptions({
    queryKey: ['requests', 'one', id],
    queryFn: ({ signal }) => call(api.getRequest, { params: { id } }, signal),
    refetchInterval: MINUTE_MS,
  })
}

const FACTS = 1000

/** What happened to it, the oldest first. */
export function requestTimelineQuery(id: string) {
  return queryOptions({
    queryKey: ['requests', 'one', id, 'timeline'],
    queryFn: async ({ signal }) =>
      (await call(api.readRequestTimeline, { params: { id }, query: { limit: FACTS } }, signal)).items,
  })
}

/** As many of each are shown. */
const OTHERS = 50

/** What was told of its promise before, what is adjusted, and what is being corrected. */
export function otherResultsQuery(id: string) {
  return queryOptions({
    queryKey: ['requests', 'one', id, 'other-results'],
    queryFn: async ({ signal }) => {
      const [kept, adjusted, corrected] = await Promise.all([
        call(api.listFormerResults, { params: { id }, query: { limit: OTHERS } }, signal),
        call(levels.listAdjustments, { query: { request: id, limit: OTHERS } }, signal),
        call(corrections.listCorrections, { query: { request: id, limit: OTHERS } }, signal),
      ])
      const metric = 'fulfilment' as const
      return {
        kept: kept.items.map((each) => ({ ...each, metric })),
        adjusted: adjusted.items,
        corrected: corrected.items,
      }
    },
  })
}

export function requestTasksQuery(id: string) {
  return queryOptions({
    queryKey: ['requests', 'one', id, 'tasks'],
    queryFn: async ({ signal }) => (await call(api.listRequestTasks, { params: { id } }, signal)).items,
  })
}

export function requestApprovalsQuery(id: string) {
  return queryOptions({
    queryKey: ['requests', 'one', id, 'approvals'],
    queryFn: async ({ signal }) => (await call(api.listRequestApprovals, { params: { id } }, signal)).items,
  })
}

export function promiseQuery(id: string) {
  return queryOptions({
    queryKey: ['requests', 'one', id, 'promise'],
    queryFn: ({ signal }) => call(api.explainRequest, { params: { id } }, signal),
  })
}

/** Who had the time of an order’s promise; for the provider's people. */
export function holdersQuery(id: string) {
  return queryOptions({
    queryKey: ['requests', 'one', id, 'holders'],
    queryFn: ({ signal }) => call(api.readOrderHolders, { params: { id } }, signal),
  })
}

/** What waits for the reader’s yes or no; of one step of an item, what was decided. */
export function approvalsQuery(of: { readonly item: string; readonly level: number } | undefined) {
  const query = of === undefined ? { mine: true } : { decided: true, ...of }
  return infiniteQueryOptions({
    queryKey: ['requests', 'approvals', of],
    queryFn: ({ signal, pageParam }) =>
      call(api.listApprovals, { query: { limit: 50, ...query, ...(pageParam && { cursor: pageParam }) } }, signal),
    initialPageParam: '',
    getNextPageParam: ({ nextCursor }) => nextCursor,
    refetchInterval: MINUTE_MS,
  })
}

interface ListedTasks {
  readonly mine: boolean
  readonly of: { readonly item: string; readonly position: number } | undefined
}

/** What can be done now; of one task of an item, what was done. */
export function tasksQuery({ mine, of }: ListedTasks) {
  const query = of === undefined ? { mine: mine || undefined } : { state: 'done' as const, ...of }
  return infiniteQueryOptions({
    queryKey: ['requests', 'tasks', query],
    queryFn: ({ signal, pageParam }) =>
      call(api.listTasks, { query: { limit: 50, ...query, ...(pageParam && { cursor: pageParam }) } }, signal),
    initialPageParam: '',
    getNextPageParam: ({ nextCursor }) => nextCursor,
    refetchInterval: MINUTE_MS,
  })
}

export function bureaucracyQuery(customer: string | undefined, months: number) {
  return queryOptions({
    queryKey: ['requests', 'bureaucracy', { customer, months }],
    queryFn: ({ signal }) => call(api.reportBureaucracy, { query: { customer, months } }, signal),
    staleTime: MINUTE_MS,
  })
}

/** Teams, to give a task to. */
export function teamsQuery() {
  return queryOptions({
    queryKey: ['people', 'teams', 'choice'],
    queryFn: async ({ signal }) => (await call(people.listTeams, { query: { limit: 200 } }, signal)).items,
    staleTime: MINUTE_MS,
  })
}
