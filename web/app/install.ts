import { queryClient } from '#web/app/query-client.ts'
import { sessionQuery } from '#web/modules/people/session.ts'

/**
 * Lets the browser keep the program and what was read, so that it opens without a network (web/worker). Only in what was
 * built: while somebody develops, files change under their names.
 */
export function keepForOffline(): void {
  if (!import.meta.env.PROD || !('serviceWorker' in navigator)) return
  const { serviceWorker } = navigator
  // What was read before there was a worker was kept by nobody: once it is there, it is asked for again.
  if (serviceWorker.controller === null)
    serviceWorker.addEventListener('controllerchange', () => void readAgain(), { once: true })
  // Where it is refused (an address without TLS, a private window) everything works, but only with a network.
  const register = () => void serviceWorker.register('/service-worker.js').catch(() => undefined)
  // After the first page, which has better to do.
  if (document.readyState === 'complete') register()
  else addEventListener('load', register, { once: true })
}

async function readAgain(): Promise<void> {
  const session = await queryClient.fetchQuery({ ...sessionQuery(), staleTime: 0 }).catch(() => null)
  if (session?.signedIn) await queryClient.refetchQueries({ type: 'active' })
}
