import { newId } from '#core/id.ts'
import type { Affected, Hindrance } from '#api/portal'
import { keep, readKept } from '#web/ui/kept.ts'

/** What somebody types who reports something. */
export interface ReportWords {
  readonly customer: string
  readonly title: string
  readonly description: string
  readonly affected: Affected
  readonly hindrance: Hindrance
  readonly service: string
  readonly site: string
  /** Whom it is about, if another. */
  readonly other: string
}

interface Kept {
  readonly words: Partial<ReportWords>
  readonly at: string
}

const nameOf = (what: string, personId: string) => `plumbline.report-${what}.${personId}`

/** What was typed and not sent, and when; null when there is nothing. It outlives the page and the browser. */
export function readDraft(personId: string): { readonly words: Partial<ReportWords>; readonly at: Date } | null {
  const kept = parsed(readKept(nameOf('draft', personId))) as Kept | null
  if (kept === null || (kept.words.title ?? '') + (kept.words.description ?? '') === '') return null
  return { words: kept.words, at: new Date(kept.at) }
}

export function keepDraft(personId: string, words: ReportWords, now: Date): void {
  keep(nameOf('draft', personId), JSON.stringify({ words, at: now.toISOString() } satisfies Kept))
}

/** Nothing is left to be sent. */
export function dropDraft(personId: string): void {
  keep(nameOf('draft', personId), '')
  keep(nameOf('sending', personId), '')
}

/** Key of what is sent: the same as long as the same is sent, so that it is reported once, also when the answer was lost. */
export function keyFor(personId: string, body: object): string {
  const text = JSON.stringify(body)
  const before = parsed(readKept(nameOf('sending', personId))) as { readonly key: string; readonly text: string } | null
  if (before?.text === text) return before.key
  const key = newId()
  keep(nameOf('sending', personId), JSON.stringify({ key, text }))
  return key
}

/** Where somebody was when they reported last; empty when they did not say. */
export function lastSite(personId: string): string {
  return readKept(nameOf('site', personId)) ?? ''
}

export function keepSite(personId: string, site: string): void {
  keep(nameOf('site', personId), site)
}

function parsed(text: string | null): unknown {
  try {
    return text === null || text === '' ? null : JSON.parse(text)
  } catch {
    return null
  }
}
