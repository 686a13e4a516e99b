import { queryOptions } from '@tanstack/react-query'
import * as people from '#api/people'
import * as api from '#api/stakeholders'
import { call } from '#web/http/call.ts'

const MINUTE_MS = 60_000
const MOST = 200

export function stakeholdersQuery(customer: string | undefined) {
  return queryOptions({
    queryKey: ['stakeholders', 'list', customer],
    queryFn: ({ signal }) => call(api.listStakeholders, { query: { ...(customer && { customer }) } }, signal),
  })
}

export function stakeholderQuery(id: string) {
  return queryOptions({
    queryKey: ['stakeholders', 'one', id],
    queryFn: ({ signal }) => call(api.getStakeholder, { params: { id } }, signal),
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
