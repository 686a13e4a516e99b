import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query'
import * as api from '#api/actions'
import type { ActionsQuery, DecisionState } from '#api/actions'
import * as improvementApi from '#api/improvements'
import * as customers from '#api/customers'
import * as people from '#api/people'
import { call } from '#web/http/call.ts'

const MINUTE_MS = 60_000
/** As many can be chosen from. */
const MOST = 200

/** What a list is narrowed to. */
export interface Narrowed {
  readonly show: ActionsQuery['show']
  readonly whose: ActionsQuery['whose']
  readonly customer: string | undefined
}

/** Open ones by their day, others the latest first; page by page. */
export function actionsQuery({ show, whose, customer }: Narrowed) {
  return infiniteQueryOptions({
    queryKey: ['actions', 'list', { show, whose, customer }],
    queryFn: ({ signal, pageParam }) =>
      call(
        api.listActions,
        { query: { limit: 50, show, whose, ...(customer && { customer }), ...(pageParam && { cursor: pageParam }) } },
        signal,
      ),
    initialPageParam: '',
    getNextPageParam: ({ nextCursor }) => nextCursor,
  })
}

export function actionQuery(id: string) {
  return queryOptions({
    queryKey: ['actions', 'one', id],
    queryFn: ({ signal }) => call(api.getAction, { params: { id } }, signal),
  })
}

export function actionFiguresQuery(customer: string | undefined) {
  return queryOptions({
    queryKey: ['actions', 'figures', customer],
    queryFn: ({ signal }) => call(api.reportActions, { query: { ...(customer && { customer }) } }, signal),
  })
}

export function decisionsQuery(state: DecisionState | undefined, customer: string | undefined) {
  return infiniteQueryOptions({
    queryKey: ['actions', 'decisions', { state, customer }],
    queryFn: ({ signal, pageParam }) =>
      call(
        api.listDecisions,
        {
          query: {
            limit: 50,
            ...(state && { state }),
            ...(customer && { customer }),
            ...(pageParam && { cursor: pageParam }),
          },
        },
        signal,
      ),
    initialPageParam: '',
    getNextPageParam: ({ nextCursor }) => nextCursor,
  })
}

export function decisionQuery(id: string) {
  return queryOptions({
    queryKey: ['actions', 'decision', id],
    queryFn: ({ signal }) => call(api.getDecision, { params: { id } }, signal),
  })
}

/** Actions, decisions and improvements that were made from one thing, by `kind:id`; of one customer, where it is none of its own. */
export function followingQuery(origin: string, customer: string | undefined) {
  return queryOptions({
    queryKey: ['actions', 'from', origin, customer],
    queryFn: async ({ signal }) => {
      const query = { origin, limit: MOST, ...(customer && { customer }) }
      const [actions, decisions, improvements] = await Promise.all([
        call(api.listActions, { query: { ...query, show: 'open', whose: 'all' } }, signal),
        call(api.listDecisions, { query }, signal),
        call(improvementApi.listImprovements, { query: { ...query, show: 'all' } }, signal),
      ])
      return { actions: actions.items, decisions: decisions.items, improvements: improvements.items }
    },
  })
}

/** Who could own it: our own people and, where it is a customer's, theirs. */
export function ownersQuery(customer: string | undefined) {
  return queryOptions({
    queryKey: ['people', 'owners', customer],
    queryFn: async ({ signal }) => {
      const ours = call(people.listPeople, { query: { home: 'provider', limit: MOST } }, signal)
      const theirs = customer && call(people.listPeople, { query: { customer, limit: MOST } }, signal)
      return { ours: (await ours).items, theirs: theirs ? (await theirs).items : [] }
    },
    staleTime: MINUTE_MS,
  })
}

export function customersQuery() {
  return queryOptions({
    queryKey: ['choices', 'customers'],
    queryFn: async ({ signal }) => (await call(customers.listCustomers, { query: { limit: MOST } }, signal)).items,
  })
}
