/** Words that were typed and not sent yet, by what they are for: closing a dialog must not lose them. */
const drafts = new Map<string, string>()

export interface Draft {
  readonly words: string
  readonly keep: (words: string) => void
  readonly drop: () => void
}

/** As long as the page is not loaded anew. */
export function draftOf(incidentId: string, what: string): Draft {
  const key = `${incidentId} ${what}`
  return {
    words: drafts.get(key) ?? '',
    keep: (words) => void drafts.set(key, words),
    drop: () => void drafts.delete(key),
  }
}
