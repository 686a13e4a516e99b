import { queryOptions, useSuspenseQuery } from '@tanstack/react-query'
import * as api from '#api/people'
import type { Session } from '#api/people'
import type { Asker } from '#core/may.ts'
import { call } from '#web/http/call.ts'

/** Who is signed in. Asked again now and then: rights come and go. */
export function sessionQuery() {
  return queryOptions({
    queryKey: ['session'],
    queryFn: ({ signal }) => call(api.getSession, {}, signal),
    staleTime: 60_000,
    refetchOnWindowFocus: true,
  })
}

export function useSession(): Session {
  return useSuspenseQuery(sessionQuery()).data
}

/** Who asks, for the sentences of a module's `may.ts`: the reason on a button is the reason of the server. */
export function useAsker(): Asker {
  return askerOf(useSession())
}

export function askerOf({ person, access, counting, books }: Session): Asker {
  return {
    personId: person?.id ?? null,
    // Nobody signed in may do nothing: as little as a customer's person without a role.
    access: access ?? 'customer',
    roles: new Set(counting),
    ...(books !== undefined && { books }),
  }
}
