import { cleanupOutdatedCaches, matchPrecache, precacheAndRoute } from 'workbox-precaching'
import { NavigationRoute, registerRoute } from 'workbox-routing'
import { NetworkFirst } from 'workbox-strategies'
import { IN_DOUBT, isKept, mayHaveChangedOwner, OUTDATED, OWNER, PERSON_PATH, READ_CACHE } from './kept-reads.ts'

// Made by `vite.config.ts` into a file of its own: the list is of what the same build made.
declare const PRECACHED: { url: string; revision: string | null }[]

/** What of a worker's scope is used; the types of a page's window do not know it. */
interface WorkerScope {
  readonly skipWaiting: () => Promise<void>
  readonly clients: {
    readonly claim: () => Promise<void>
    readonly get: (id: string) => Promise<{ readonly postMessage: (told: string) => void } | undefined>
  }
  readonly addEventListener: (
    name: 'install' | 'activate',
    listener: (event: { readonly waitUntil: (work: Promise<unknown>) => void }) => void,
  ) => void
}
const scope = globalThis as unknown as WorkerScope & PushScope

/** Of pushed messages. */
interface PushScope {
  readonly registration: {
    readonly showNotification: (title: string, options: object) => Promise<void>
    /** Not in every browser. */
    readonly pushManager?: {
      readonly getSubscription: () => Promise<{ readonly unsubscribe: () => Promise<boolean> } | null>
    }
  }
  readonly addEventListener: ((
    name: 'push',
    listener: (event: {
      readonly data: { readonly json: () => unknown } | null
      readonly waitUntil: (work: Promise<unknown>) => void
    }) => void,
  ) => void) &
    ((
      name: 'notificationclick',
      listener: (event: {
        readonly notification: { readonly data: { readonly path: string }; readonly close: () => void }
        readonly waitUntil: (work: Promise<unknown>) => void
      }) => void,
    ) => void)
  readonly clients: {
    readonly matchAll: (
      which: object,
    ) => Promise<
      readonly { readonly focus: () => Promise<unknown>; readonly navigate: (url: string) => Promise<unknown> }[]
    >
    readonly openWindow: (url: string) => Promise<unknown>
  }
}

/** How many answers are kept, and a few; the oldest go first. */
const KEPT_AT_MOST = 400
/** After so many it is looked whether there are too many: to look at each would cost whoever scrolls a long list. */
const LOOKED_AFTER = 20
/** So long a page is waited for before the kept one is shown. */
const PAGE_WAIT_MS = 3000

// A new version takes over at once: the pages of the one before ask for files that are gone.
scope.addEventListener('install', (event) => event.waitUntil(scope.skipWaiting()))
scope.addEventListener('activate', (event) => event.waitUntil(scope.clients.claim()))

cleanupOutdatedCaches()
precacheAndRoute(PRECACHED, { directoryIndex: '', cleanURLs: false })

/** Whether the server has another page than the one that is kept. The next version of this worker brings it. */
let outdated = false

// Nobody waits for the server to see a page: it is opened from what is kept. Meanwhile the server is asked whether it has a
// newer one, and what is open is told. A page past that, whose files may be gone, comes from the server.
registerRoute(
  new NavigationRoute(
    async ({ request, event }) => {
      const kept = await matchPrecache('/index.html')
      if (kept !== undefined && !outdated) {
        event.waitUntil(compare(kept.clone(), (event as Opening).resultingClientId))
        return kept
      }
      const waited = AbortSignal.timeout(PAGE_WAIT_MS)
      const fresh = fetch(request.url, { signal: waited, credentials: 'same-origin', redirect: 'manual' })
      return fresh.catch(() => kept ?? Response.error())
    },
    { denylist: [/^\/(?:api|status)\//, /^\/(?:healthz|readyz|metrics)/] },
  ),
)

/** Of a navigation. */
interface Opening {
  readonly resultingClientId?: string
}

/** Tells the page that was opened if the server has another one by now. */
async function compare(kept: Response, opened = ''): Promise<void> {
  const fresh = await fetch('/index.html', { cache: 'no-cache', credentials: 'same-origin' }).catch(() => null)
  if (!fresh?.ok || (await fresh.text()) === (await kept.text())) return
  outdated = true
  ;(await scope.clients.get(opened))?.postMessage(OUTDATED)
}

/** Changes when whose answers are kept becomes doubtful: what was asked for before is not kept after. */
let epoch = 0

/** Whose answers are kept; null while nobody's, or while it is not known who is signed in. */
async function readOwner(): Promise<string | null> {
  const cache = await caches.open(READ_CACHE)
  if ((await cache.match(IN_DOUBT)) !== undefined) return null
  return (await (await cache.match(OWNER))?.text()) ?? null
}

/** The server has said who is signed in: what another read is thrown away. */
async function setOwner(person: string | null): Promise<void> {
  const cache = await caches.open(READ_CACHE)
  const before = (await (await cache.match(OWNER))?.text()) ?? null
  if (person !== null && person === before) {
    await cache.delete(IN_DOUBT)
    return
  }
  epoch += 1
  await caches.delete(READ_CACHE)
  // What is news to them is nobody else's who sits here. Only where it is known that somebody else was there before: a
  // browser may throw away what it keeps.
  if (before !== null) await stopPush()
  if (person !== null) await (await caches.open(READ_CACHE)).put(OWNER, new Response(person))
}

/** This browser is not told any more; the server finds that out with the next message. */
async function stopPush(): Promise<void> {
  const subscription = await scope.registration.pushManager?.getSubscription().catch(() => null)
  await subscription?.unsubscribe().catch(() => false)
}

/** Somebody signed in, or a session ended: until the server says who is there, nothing kept is shown and nothing is kept. */
async function doubtOwner(): Promise<void> {
  epoch += 1
  await (await caches.open(READ_CACHE)).put(IN_DOUBT, new Response(''))
}

interface AskedIn {
  readonly epoch?: number
}

let sinceLooked = LOOKED_AFTER

const reads = new NetworkFirst({
  cacheName: READ_CACHE,
  plugins: [
    {
      requestWillFetch: async ({ request, state }) => {
        if (state) (state as { epoch?: number }).epoch = epoch
        return request
      },
      cacheWillUpdate: async ({ request, response, state }) => {
        if (!isKept(request.url, response)) return null
        if (new URL(request.url).pathname === PERSON_PATH) await setOwner(personIn(await response.clone().json()))
        else if ((state as AskedIn | undefined)?.epoch !== epoch) return null
        return (await readOwner()) === null ? null : response
      },
      cachedResponseWillBeUsed: async ({ cachedResponse }) =>
        (await readOwner()) === null ? null : (cachedResponse ?? null),
      fetchDidSucceed: async ({ response }) => {
        if (response.status === 401) await doubtOwner()
        return response
      },
      cacheDidUpdate: async () => {
        sinceLooked += 1
        if (sinceLooked < LOOKED_AFTER) return
        sinceLooked = 0
        const cache = await caches.open(READ_CACHE)
        const kept = (await cache.keys()).filter(({ url }) => !url.includes('/kept-reads/'))
        for (const oldest of kept.slice(0, Math.max(0, kept.length - KEPT_AT_MOST))) await cache.delete(oldest)
      },
    },
  ],
})

function personIn(session: unknown): string | null {
  const { signedIn, person } = session as { signedIn?: boolean; person?: { id?: string } | null }
  return signedIn === true ? (person?.id ?? null) : null
}

registerRoute(({ url, request, sameOrigin }) => sameOrigin && isApi(url) && !isStream(request), reads, 'GET')

/** Whoever signs in or out here: what the one before read is not theirs. The same person has it again. */
registerRoute(
  ({ url, sameOrigin }) => sameOrigin && mayHaveChangedOwner(url.pathname),
  async ({ request }) => {
    const response = await fetch(request)
    if (response.ok) await (request.url.endsWith('/sign-out') ? setOwner(null) : doubtOwner())
    return response
  },
  'POST',
)

function isApi(url: URL): boolean {
  return url.pathname.startsWith('/api/v1/')
}

function isStream(request: Request): boolean {
  return request.headers.get('accept')?.includes('text/event-stream') === true
}

// What came while the application was closed. The same one twice, sent again after a failure, is shown once, by its tag.
scope.addEventListener('push', (event) => {
  const told = event.data?.json() as { title: string; body: string; path: string; tag: string } | undefined
  if (told === undefined) return
  const { title, body, path, tag } = told
  const shown = { body, tag, icon: '/icon-192.png', badge: '/icon-192.png', data: { path } }
  event.waitUntil(scope.registration.showNotification(title, shown))
})

scope.addEventListener('notificationclick', (event) => {
  event.notification.close()
  // A path of ours, never another address.
  const path = event.notification.data.path.replace(/^\/*/, '/')
  const open = async () => {
    const [page] = await scope.clients.matchAll({ type: 'window' })
    if (page === undefined) return scope.clients.openWindow(path)
    // A browser that does not bring it to the front shows it there all the same.
    await page.focus().catch(() => undefined)
    return page.navigate(path)
  }
  event.waitUntil(open())
})
