const UUID = /^[0-9a-f]{8}-([0-9a-f]{4}-){3}[0-9a-f]{12}$/i

/** Whether a text has the form of an id; then it is looked up as one, else as a name. */
export function looksLikeId(text: string): boolean {
  return UUID.test(text)
}

/** A pattern for `ilike` that finds `text` anywhere, taking its special characters as they stand. */
export function containing(text: string): string {
  return `%${text.replace(/[\\%_]/g, '\\$&')}%`
}

/** A query for `to_tsquery` that finds every word of `text`, each also as a beginning; null when it has no word. */
export function wordQuery(text: string): string | null {
  const words = text.toLowerCase().match(/[\p{L}\p{N}]+/gu)
  return words === null
    ? null
    : words
        .slice(0, 12)
        .map((word) => `${word}:*`)
        .join(' & ')
}
