// Before the first picture: the chosen colours and density, so that nothing flashes or jumps. A file of its own, because the page allows no
// script inside itself.
;(() => {
  let chosen = null
  let density = null
  try {
    chosen = localStorage.getItem('plumbline.scheme')
    density = localStorage.getItem('plumbline.density')
  } catch {
    // A browser may forbid storage: then the system decides.
  }
  const dark = chosen === 'dark' || (chosen !== 'light' && matchMedia('(prefers-color-scheme: dark)').matches)
  document.documentElement.setAttribute('data-mantine-color-scheme', dark ? 'dark' : 'light')
  document.documentElement.setAttribute('data-density', density === 'comfortable' ? 'comfortable' : 'compact')
})()

// What every page needs next, while the program itself is still on its way: its texts, and the answers that
// web/http/asked-early.ts hands over.
;(() => {
  let kept = null
  try {
    kept = localStorage.getItem('plumbline.language')
  } catch {
    // As above.
  }
  const wanted = navigator.languages.map((tag) => tag.slice(0, 2).toLowerCase())
  const language = kept ?? wanted.find((tag) => tag === 'en' || tag === 'de') ?? 'en'
  document.documentElement.lang = language
  const texts = document.currentScript.dataset[language]
  if (texts !== undefined)
    document.head.append(Object.assign(document.createElement('link'), { rel: 'modulepreload', href: texts }))

  const headers = { accept: 'application/json', 'accept-language': language }
  const ask = async (url) => {
    const response = await fetch(url, { headers })
    // Read to its end, whether or not anybody wants it: until then it holds one of the few connections.
    const body = await response.arrayBuffer()
    return response.ok ? new Response(body, response) : null
  }
  const session = ask('/api/v1/session')
  // Who has been here before is most likely signed in; of anybody else the session has to say so first.
  const signedIn = async () => kept !== null || (await (await session)?.clone().json())?.signedIn === true
  const askSignedIn = async (url) => ((await signedIn()) ? ask(url) : null)
  const address = new URLSearchParams(location.search)
  const scope = ['customer', 'site'].flatMap((name) => (address.has(name) ? [[name, address.get(name)]] : []))
  const query = scope.length === 0 ? '' : `?${new URLSearchParams(scope)}`
  const later = ['/api/v1/appearance', `/api/v1/today${query}`].map((url) => [url, askSignedIn(url)])
  const asked = [['/api/v1/session', session], ...later]
  window.askedEarly = asked.map(([url, answer]) => [url, answer.catch(() => null)])

  // What the worker (web/worker) kept of the last visit, for web/app/last-visit.ts. A page past the worker has none.
  if (!navigator.serviceWorker?.controller) return
  const keptAnswer = (url) => caches.match(url, { cacheName: 'plumbline-reads', ignoreVary: true })
  const urls = ['/kept-reads/in-doubt', '/kept-reads/owner', ...asked.map(([url]) => url)]
  window.lastVisit = Promise.all(urls.map(keptAnswer)).catch(() => [])
})()
