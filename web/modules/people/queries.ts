import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query'
import * as api from '#api/people'
import type { Role } from '#api/people'
import { call } from '#web/http/call.ts'

interface PeopleFilter {
  readonly q?: string | undefined
  readonly role?: Role | undefined
  readonly customer?: string | undefined
  readonly state?: AccountState | undefined
}

export const accountStates = ['none', 'invited', 'active', 'disabled'] as const
export type AccountState = (typeof accountStates)[number]

/** People by name, page by page. */
export function peopleQuery({ q, role, customer, state }: PeopleFilter) {
  return infiniteQueryOptions({
    queryKey: ['people', { q, role, customer, state }],
    queryFn: ({ signal, pageParam }) =>
      call(
        api.listPeople,
        {
          query: {
            limit: 50,
            ...(q && { q }),
            ...(role && { role }),
            ...(customer && { customer }),
            ...(state && { state }),
            ...(pageParam && { cursor: pageParam }),
          },
        },
        signal,
      ),
    initialPageParam: '',
    getNextPageParam: ({ nextCursor }) => nextCursor,
  })
}

export function personQuery(id: string) {
  return queryOptions({
    queryKey: ['people', id],
    queryFn: ({ signal }) => call(api.getPerson, { params: { id } }, signal),
  })
}

export function accessQuery(id: string) {
  return queryOptions({
    queryKey: ['people', id, 'access'],
    queryFn: ({ signal }) => call(api.getAccess, { params: { id } }, signal),
  })
}

export function sessionsQuery() {
  return queryOptions({ queryKey: ['sessions'], queryFn: ({ signal }) => call(api.listSessions, {}, signal) })
}

export function identitiesQuery() {
  return queryOptions({ queryKey: ['identities'], queryFn: ({ signal }) => call(api.listIdentities, {}, signal) })
}

export function tokensQuery() {
  return queryOptions({ queryKey: ['tokens'], queryFn: ({ signal }) => call(api.listTokens, {}, signal) })
}
