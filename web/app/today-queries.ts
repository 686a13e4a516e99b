import { queryOptions } from '@tanstack/react-query'
import * as api from '#api/today'
import { call } from '#web/http/call.ts'

const MINUTE_MS = 60_000

/** What needs whoever is signed in, of all customers or of one; renews itself, for clocks go on. */
export function todayQuery(customer: string | undefined) {
  return queryOptions({
    // `what-is`: whoever changes what there is asks for it anew by this name.
    queryKey: ['what-is', { customer }],
    queryFn: ({ signal }) => call(api.getToday, { query: { customer } }, signal),
    refetchInterval: MINUTE_MS,
  })
}
