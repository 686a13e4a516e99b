import { QueryClient } from '@tanstack/react-query'
import { CallFailure } from '#web/http/call-failure.ts'

/** What the server said, kept for a while. */
export const queryClient = new QueryClient({
  defaultOptions: {
    queries: {
      // What was read before answers without a network too, from what the browser keeps.
      networkMode: 'always',
      staleTime: 10_000,
      retry: (count, failure) => count < 2 && mayPass(failure),
    },
    // A write that perhaps arrived is not sent again by itself.
    mutations: { retry: false, networkMode: 'always' },
  },
})

/** Whether trying again may help: the server was away, or asked to wait. */
function mayPass(failure: unknown): boolean {
  if (!(failure instanceof CallFailure)) return false
  return failure.code === 'unreachable' || failure.status === 503 || failure.status === 429
}
