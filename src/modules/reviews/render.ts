import type { Language } from '#core/text.ts'
import type { Letterhead } from '#platform/documents/letterhead.ts'
import type { Format } from './api.ts'
import type { Told } from './chapters.ts'
import type { Content } from './content-shape.ts'
import type { Before } from './restate.ts'
import { sha256 } from './checksum.ts'
import type { ReviewFacts } from './facts.ts'
import type { IncidentRow } from './incident-row.ts'
import { pagesOf } from './pages.ts'
import { slidesOf } from './slides.ts'
import type { Wording } from './wording.ts'

/** The documents to take along, and the pages to look at. */
export type KeptFormat = Format | 'pages'

/** A document as it was made. */
export interface RenderedDocument {
  readonly language: Language
  readonly format: KeptFormat
  readonly content: Uint8Array
  readonly sha256: string
}

/** Facts that are complete. */
export interface Frozen {
  readonly facts: ReviewFacts
  /** SHA-256 of the facts, without version and moment. */
  readonly checksum: string
  /** The first rows of the list, from which pages are drawn. */
  readonly listed: readonly IncidentRow[]
}

/** One edition, with what its sections say and what the version before of it said. */
export interface ToRender {
  readonly facts: Omit<ReviewFacts, 'incidents'>
  readonly told: Told
  readonly before: Before | null
}

/** Slides and pages of what is said, without the workbook behind. */
export async function drawn(
  content: Content,
  { wording, letterhead }: { readonly wording: Wording; readonly letterhead: Letterhead },
  listed: readonly IncidentRow[],
  total: number,
): Promise<RenderedDocument[]> {
  const { language } = wording
  const slides = await slidesOf(content, wording, letterhead)
  const { pdf, pictures } = await pagesOf(content, { wording, letterhead }, listed, total)
  return [
    documentOf(language, 'pptx', slides),
    documentOf(language, 'pdf', pdf),
    documentOf(language, 'pages', Buffer.from(JSON.stringify(pictures))),
  ]
}

/** A document with its checksum. */
export function documentOf(language: Language, format: KeptFormat, content: Uint8Array): RenderedDocument {
  return { language, format, content, sha256: sha256(content) }
}
