import type { TimelineEntry } from '#api/major-incidents'

/** A value of a fact as words; empty for what is none. */
export function wordsOf(value: unknown): string {
  return typeof value === 'string' ? value : typeof value === 'number' ? String(value) : ''
}

/** Names of people as a fact keeps them. */
export function namesOf(value: unknown): readonly string[] {
  if (!Array.isArray(value)) return []
  return value.flatMap((each) => {
    const { name } = (each ?? {}) as { readonly name?: unknown }
    return typeof name === 'string' ? [name] : []
  })
}

/** What one audience was told at the same moment as others, in the same words, is one line. */
export interface TimelineLine {
  readonly entry: TimelineEntry
  readonly audiences: readonly string[]
}

/** Lines of a timeline, the latest first. */
export function linesOf(items: readonly TimelineEntry[]): readonly TimelineLine[] {
  const lines: { entry: TimelineEntry; audiences: string[] }[] = []
  for (const entry of items) {
    const audience = wordsOf(entry.facts['audience'])
    const before = lines.find(
      (line) =>
        entry.kind === 'major-incident.update' &&
        line.entry.kind === entry.kind &&
        line.entry.at.getTime() === entry.at.getTime() &&
        line.entry.facts['text'] === entry.facts['text'],
    )
    if (before === undefined) lines.push({ entry, audiences: audience === '' ? [] : [audience] })
    else before.audiences.push(audience)
  }
  return lines.toReversed()
}
