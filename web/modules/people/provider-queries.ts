import { queryOptions } from '@tanstack/react-query'
import * as api from '#api/people'
import { call } from '#web/http/call.ts'

/** Sign-in providers with their rules. */
export function providersQuery() {
  return queryOptions({
    queryKey: ['identity-providers'],
    queryFn: ({ signal }) => call(api.listProviders, {}, signal),
  })
}

export function providerQuery(id: string) {
  return queryOptions({
    queryKey: ['identity-providers', id],
    queryFn: ({ signal }) => call(api.getProvider, { params: { id } }, signal),
  })
}
