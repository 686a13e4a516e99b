declare global {
  interface Window {
    /** Addresses and answers under way, from `theme.js`. */
    askedEarly?: readonly (readonly [url: string, answer: Promise<Response | null>])[]
  }
}

/** Later than this after the page was opened, what was asked for then is old. */
const FRESH_MS = 10_000

/**
 * The answer to what was asked for before the program was there; each once, and none once something was written. Null where
 * nothing was asked for, or nothing came of it: then it is asked for as ever.
 */
export async function askedEarly(method: string, url: string): Promise<Response | null> {
  const asked = typeof window === 'undefined' ? undefined : window.askedEarly
  if (asked === undefined) return null
  if (method !== 'GET' || performance.now() > FRESH_MS) {
    delete window.askedEarly
    return null
  }
  const found = asked.find(([address]) => address === url)
  if (found === undefined) return null
  window.askedEarly = asked.filter((each) => each !== found)
  const answer = await found[1]
  return answer
}
