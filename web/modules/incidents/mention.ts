/** Somebody who is named in a note and told of it. */
export interface Mentioned {
  readonly id: string
  readonly name: string
}

/** What was typed behind the last @ before the caret, while it may still become a name; null when none is begun. */
export function begunName(text: string, caret: number): string | null {
  // Two words at most: a name. An address has no blank before its @.
  const [, name] = /(?:^|[\s(])@([\p{L}\p{M}'’.-]{0,40}(?: [\p{L}\p{M}'’.-]{0,40})?)$/u.exec(text.slice(0, caret)) ?? []
  return name ?? null
}

/** The text with the whole name in place of what was begun, and where the caret is then. */
export function withName(text: string, caret: number, name: string): { readonly text: string; readonly caret: number } {
  const begun = begunName(text, caret) ?? ''
  const before = `${text.slice(0, caret - begun.length)}${name} `
  return { text: before + text.slice(caret).replace(/^ /, ''), caret: before.length }
}

/** Those whose name still stands in the text behind an @. */
export function stillNamed(text: string, chosen: readonly Mentioned[]): readonly Mentioned[] {
  return chosen.filter(
    ({ id, name }, index) => text.includes(`@${name}`) && chosen.findIndex((each) => each.id === id) === index,
  )
}

/** A text in pieces: names of people that it calls up, and what lies between. */
export function piecesOf(
  text: string,
  mentions: readonly Mentioned[],
): readonly { readonly text: string; readonly isName: boolean }[] {
  const names = mentions.map(({ name }) => `@${name}`).toSorted((one, other) => other.length - one.length)
  if (names.length === 0) return [{ text, isName: false }]
  const pattern = new RegExp(`(${names.map((name) => name.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')).join('|')})`)
  return text.split(pattern).flatMap((piece) => (piece === '' ? [] : { text: piece, isName: names.includes(piece) }))
}
