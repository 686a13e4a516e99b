/**
 * Words that were typed and not sent yet, by what they are for: neither closing a dialog nor a crash of the browser may lose
 * them. They are kept in this browser for whoever is signed in, until they are sent, they sign out, or two weeks are over.
 */

const PREFIX = 'plumbline.draft.'
const KEPT_MS = 14 * 86_400_000
/** In characters; what is longer lasts as long as the page. */
const LONGEST = 200_000

/** What the browser would not keep. */
const here = new Map<string, string>()

let owner = ''

export interface Draft {
  readonly words: string
  readonly keep: (words: string) => void
  readonly drop: () => void
}

/** Says whose drafts are meant from now on: another person at the same browser has others. */
export function draftsAre(personId: string): void {
  owner = personId
}

export function draftOf(id: string, what: string): Draft {
  const key = `${PREFIX}${owner} ${id} ${what}`
  return {
    words: here.get(key) ?? read(key),
    keep(words) {
      if (words === '') return drop(key)
      if (words.length > LONGEST || !write(key, words)) here.set(key, words)
    },
    drop: () => drop(key),
  }
}

/** Forgets all that was not sent, of everybody who signed in here. */
export function dropDrafts(): void {
  here.clear()
  for (const key of keys()) drop(key)
}

function keys(): readonly string[] {
  try {
    return Object.keys(localStorage).filter((key) => key.startsWith(PREFIX))
  } catch {
    return []
  }
}

function read(key: string): string {
  try {
    const kept = localStorage.getItem(key)
    if (kept === null) return ''
    const { words, at } = JSON.parse(kept) as { readonly words?: unknown; readonly at?: unknown }
    return typeof words === 'string' && typeof at === 'number' && Date.now() - at < KEPT_MS ? words : ''
  } catch {
    return ''
  }
}

function write(key: string, words: string): boolean {
  try {
    localStorage.setItem(key, JSON.stringify({ words, at: Date.now() }))
    for (const other of keys()) if (read(other) === '') drop(other)
    return true
  } catch {
    // Storage is forbidden or full.
    return false
  }
}

function drop(key: string): void {
  here.delete(key)
  try {
    localStorage.removeItem(key)
  } catch {
    // Storage is forbidden.
  }
}
