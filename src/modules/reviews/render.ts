import { type Language, languages } from '#core/text.ts'
import type { Letterhead } from '#platform/documents/letterhead.ts'
import type { Format } from './api.ts'
import type { Told } from './chapters.ts'
import { contentOf } from './content.ts'
import type { Content } from './content-shape.ts'
import { layoutOf } from './layout.ts'
import { type Before, restated, restatementSentences } from './restate.ts'
import { checksumOf, listDigest, sha256 } from './checksum.ts'
import type { ReviewFacts } from './facts.ts'
import type { IncidentRow } from './incident-row.ts'
import { PAGE_ROWS, pagesOf } from './pages.ts'
import { reviewWorkbook } from './sheets.ts'
import { slidesOf } from './slides.ts'
import { type Wording, wordingOf } from './wording.ts'

/** The documents to take along, and the pages to look at. */
export type KeptFormat = Format | 'pages'

/** A document as it was made. */
export interface RenderedDocument {
  readonly language: Language
  readonly format: KeptFormat
  readonly content: Uint8Array
  readonly sha256: string
}

/** Facts that are complete, with the documents that were made of them so far. */
export interface Rendered {
  readonly facts: ReviewFacts
  /** SHA-256 of the facts, without version and moment. */
  readonly checksum: string
  readonly documents: readonly RenderedDocument[]
  /** The first rows of the list, from which pages are drawn. */
  readonly listed: readonly IncidentRow[]
}

/** Workbooks being written: the facts are there, the list behind them comes in parts. */
export interface Listing {
  readonly add: (rows: readonly IncidentRow[]) => Promise<void>
  /** Completes the facts, each edition with its workbooks. */
  readonly finish: () => Promise<readonly Rendered[]>
}

/** One edition, with what its sections say and what the version before of it said. */
export interface ToRender {
  readonly facts: Omit<ReviewFacts, 'incidents'>
  readonly told: Told
  readonly before: Before | null
}

/** Writes the workbooks of all editions of one lock from the same list. Rows are written as they come, and not kept. */
export async function listingAll(
  editions: readonly ToRender[],
  letterhead: Letterhead,
  spoken: readonly Language[] = languages,
): Promise<Listing> {
  const digest = listDigest()
  const first: IncidentRow[] = []
  const writing = await Promise.all(
    editions.map(async (edition) => ({
      edition,
      // What has no list has no workbook.
      books: layoutOf(edition.facts).parts.has('list')
        ? await Promise.all(
            spoken.map(async (language) => {
              const wording = wordingOf(edition.facts, language, letterhead.words[language])
              return { wording, book: await reviewWorkbook(edition.facts, wording) }
            }),
          )
        : [],
    })),
  )
  return {
    add: async (rows) => {
      digest.add(rows)
      if (first.length < PAGE_ROWS.incidents) first.push(...rows.slice(0, PAGE_ROWS.incidents - first.length))
      for (const { book } of writing.flatMap(({ books }) => books)) await book.addIncidents(rows)
    },
    finish: async () => {
      const incidents = digest.finish()
      const rendered: Rendered[] = []
      for (const { edition, books } of writing) {
        const counted: ReviewFacts = { ...edition.facts, incidents }
        const restatement = restated(counted, edition.before)
        const facts: ReviewFacts = { ...counted, ...(restatement !== undefined && { restatement }) }
        const checksum = checksumOf(facts)
        const documents: RenderedDocument[] = []
        for (const { wording, book } of books) {
          const content = contentOf(facts, wording, {
            checksum,
            told: edition.told[wording.language],
            restatement: restatementSentences(facts, wording),
          })
          documents.push(documentOf(wording.language, 'xlsx', await book.finish(facts, content)))
        }
        rendered.push({ facts, checksum, documents, listed: books.length === 0 ? [] : first })
      }
      return rendered
    },
  }
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

function documentOf(language: Language, format: KeptFormat, content: Uint8Array): RenderedDocument {
  return { language, format, content, sha256: sha256(content) }
}
