import { queryOptions } from '@tanstack/react-query'
import * as api from '#api/people'
import type { LinkKind } from '#api/people'
import { CallFailure } from '#web/http/call-failure.ts'
import { call } from '#web/http/call.ts'

/** A link that opens its door, or why this one opens none. */
export type InspectedLink =
  | { readonly kind: LinkKind; readonly email: string | null; readonly name: string | null; readonly expiresAt: Date }
  | { readonly failure: CallFailure }

/** What a one-time link is for. Asked once: what is wrong with it does not mend itself. */
export function linkQuery(token: string, kind: LinkKind) {
  return queryOptions({
    queryKey: ['one-time-link', token],
    queryFn: async ({ signal }): Promise<InspectedLink> => {
      try {
        const link = await call(api.inspectLink, { body: { token } }, signal)
        // A link of another kind has another page.
        if (link.kind !== kind) location.replace(`/${link.kind}#${token}`)
        return link
      } catch (failure) {
        if (failure instanceof CallFailure && failure.status >= 400 && failure.status < 500) return { failure }
        throw failure
      }
    },
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 0,
  })
}
