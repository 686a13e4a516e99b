import { queryClient } from '#web/app/query-client.ts'
import { router } from '#web/app/router.tsx'
import { sessionQuery } from '#web/modules/people/session.ts'
import { OUTDATED, READ_CACHE } from '#web/worker/kept-reads.ts'

/**
 * Lets the browser keep the program and what was read, so that it opens without a network (web/worker). Only in what was
 * built: while somebody develops, files change under their names.
 */
export function keepForOffline(): void {
  if (!import.meta.env.PROD || !('serviceWorker' in navigator)) return
  const { serviceWorker } = navigator
  watchHands()
  if (serviceWorker.controller === null) {
    // Opened past the worker, which therefore does not see who signs in or out here.
    void caches.delete(READ_CACHE)
    // What was read before there was a worker was kept by nobody: once it is there, it is asked for again.
    serviceWorker.addEventListener('controllerchange', () => void readAgain(), { once: true })
  }
  serviceWorker.addEventListener('message', ({ data }) => {
    if (data === OUTDATED) renew()
  })
  // Where it is refused (an address without TLS, a private window) everything works, but only with a network.
  const register = () => void serviceWorker.register('/service-worker.js').catch(() => undefined)
  if (document.readyState === 'complete') onceIdle(register)
  else addEventListener('load', () => onceIdle(register), { once: true })
}

/** The first page comes first: the worker fetches everything that the program is made of. */
const FIRST_PAGE_MS = 3000
const IDLE_AT_LATEST_MS = 10_000

function onceIdle(act: () => void): void {
  setTimeout(() => {
    // Not every browser tells.
    if ('requestIdleCallback' in globalThis) requestIdleCallback(act, { timeout: IDLE_AT_LATEST_MS })
    else act()
  }, FIRST_PAGE_MS)
}

/** The server has a newer program: it is loaded at once while nobody has done anything yet, else with the next page. */
function renew(): void {
  if (!touched) return location.reload()
  router.subscribe('onBeforeNavigate', ({ pathChanged, toLocation }) => {
    if (pathChanged) location.assign(toLocation.href)
  })
}

/** Whether anything was done since the page was opened. */
let touched = false
function watchHands(): void {
  for (const name of ['keydown', 'pointerdown'])
    addEventListener(name, () => (touched = true), { once: true, capture: true, passive: true })
}

async function readAgain(): Promise<void> {
  const session = await queryClient.fetchQuery({ ...sessionQuery(), staleTime: 0 }).catch(() => null)
  if (session?.signedIn) await queryClient.refetchQueries({ type: 'active' })
}
