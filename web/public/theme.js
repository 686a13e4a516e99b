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
