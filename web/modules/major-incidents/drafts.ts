/** Words that were typed and not sent yet, by what they are for. They survive the browser being closed. */
export interface Draft {
  readonly words: string
  readonly keep: (words: string) => void
  readonly drop: () => void
}

export function draftOf(id: string, what: string): Draft {
  const key = `plumbline.major-incident.${id}.${what}`
  return {
    words: localStorage.getItem(key) ?? '',
    keep: (words) => {
      try {
        localStorage.setItem(key, words)
      } catch {
        // No room for it: what is typed is still in the field.
      }
    },
    drop: () => localStorage.removeItem(key),
  }
}
