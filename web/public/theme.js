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

// What every page asks for first, while the program itself is still on its way; web/http/asked-early.ts hands it over. Only
// where somebody has been before: who is new is not signed in.
;(() => {
  let language = null
  try {
    language = localStorage.getItem('plumbline.language')
  } catch {
    // As above.
  }
  if (language === null) return
  const address = new URLSearchParams(location.search)
  const scope = ['customer', 'site'].flatMap((name) => (address.has(name) ? [[name, address.get(name)]] : []))
  const query = scope.length === 0 ? '' : `?${new URLSearchParams(scope)}`
  const headers = { accept: 'application/json', 'accept-language': language }
  const ask = async (url) => {
    const response = await fetch(url, { headers })
    // Read to its end, whether or not anybody wants it: until then it holds one of the few connections.
    const body = await response.arrayBuffer()
    return response.ok ? new Response(body, response) : null
  }
  window.askedEarly = ['session', 'appearance', `today${query}`].map((path) => {
    const url = `/api/v1/${path}`
    return [url, ask(url).catch(() => null)]
  })
})()
