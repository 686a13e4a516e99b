// Before the first picture: the chosen colours, so that nothing flashes. A file of its own, because the page allows no
// script inside itself.
;(() => {
  let chosen = null
  try {
    chosen = localStorage.getItem('plumbline.scheme')
  } catch {
    // A browser may forbid storage: then the system decides.
  }
  const dark = chosen === 'dark' || (chosen !== 'light' && matchMedia('(prefers-color-scheme: dark)').matches)
  document.documentElement.setAttribute('data-mantine-color-scheme', dark ? 'dark' : 'light')
})()
