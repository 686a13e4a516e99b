import { type Language, languages } from '#core/text.ts'
import type { Letterhead } from '#platform/documents/letterhead.ts'
import type { Format } from './api.ts'
import { contentOf } from './content.ts'
import { checksumOf, listDigest, sha256 } from './checksum.ts'
import type { ReviewFacts } from './facts.ts'
import type { IncidentRow } from './incident-row.ts'
import { PAGE_ROWS, pagesOf } from './pages.ts'
import { reviewWorkbook } from './sheets.ts'
import { slidesOf } from './slides.ts'
import { wordingOf } from './wording.ts'

/** The documents to take along, and the pages to look at. */
export type KeptFormat = Format | 'pages'

/** A document as it was made. */
export interface RenderedDocument {
  readonly language: Language
  readonly format: KeptFormat
  readonly content: Uint8Array
  readonly sha256: string
}

export interface Rendered {
  readonly facts: ReviewFacts
  /** SHA-256 of the facts, without version and moment. */
  readonly checksum: string
  readonly documents: readonly RenderedDocument[]
}

/** A review being rendered: the facts are there, the list behind them comes in parts. */
export interface Rendering {
  readonly add: (rows: readonly IncidentRow[]) => Promise<void>
  /** @param onStep Called with the share that is done, from 0 to 1. */
  readonly finish: (onStep: (share: number) => void) => Promise<Rendered>
}

/** Makes every document of a review on `letterhead`, in every language unless told. Rows are written as they come, and not kept. */
export async function rendering(
  partial: Omit<ReviewFacts, 'incidents'>,
  letterhead: Letterhead,
  spoken: readonly Language[] = languages,
): Promise<Rendering> {
  const digest = listDigest()
  const first: IncidentRow[] = []
  const books = await Promise.all(
    spoken.map(async (language) => {
      const wording = wordingOf(partial, language, letterhead.words[language])
      return { language, wording, book: await reviewWorkbook(partial, wording) }
    }),
  )
  return {
    add: async (rows) => {
      digest.add(rows)
      if (first.length < PAGE_ROWS.incidents) first.push(...rows.slice(0, PAGE_ROWS.incidents - first.length))
      for (const { book } of books) await book.addIncidents(rows)
    },
    finish: async (onStep) => {
      const facts: ReviewFacts = { ...partial, incidents: digest.finish() }
      const checksum = checksumOf(facts)
      const documents: RenderedDocument[] = []
      const steps = spoken.length * 4
      const made = (language: Language, format: KeptFormat, content: Uint8Array) => {
        documents.push({ language, format, content, sha256: sha256(content) })
        onStep(documents.length / steps)
      }
      for (const { language, wording, book } of books) {
        const content = contentOf(facts, wording, checksum)
        made(language, 'xlsx', await book.finish(facts, content))
        made(language, 'pptx', await slidesOf(content, wording, letterhead))
        const { pdf, pictures } = await pagesOf(content, { wording, letterhead }, first, facts.incidents.count)
        made(language, 'pdf', pdf)
        made(language, 'pages', Buffer.from(JSON.stringify(pictures)))
      }
      return { facts, checksum, documents }
    },
  }
}
