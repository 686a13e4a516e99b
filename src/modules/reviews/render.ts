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

export interface Rendered {
  readonly facts: ReviewFacts
  /** SHA-256 of the facts, without version and moment. */
  readonly checksum: string
  readonly documents: readonly RenderedDocument[]
  /** The first rows of the list, from which pages are drawn again. */
  readonly listed: readonly IncidentRow[]
}

/** Reviews being rendered: the facts are there, the list behind them comes in parts. */
export interface Rendering<Result> {
  readonly add: (rows: readonly IncidentRow[]) => Promise<void>
  /** @param onStep Called with the share that is done, from 0 to 1. */
  readonly finish: (onStep: (share: number) => void) => Promise<Result>
}

/** One edition, with what its sections say and what the version before of it said. */
export interface ToRender {
  readonly facts: Omit<ReviewFacts, 'incidents'>
  readonly told: Told
  readonly before: Before | null
}

/** Several editions of one lock, all from the same list. */
export async function renderingAll(
  editions: readonly ToRender[],
  letterhead: Letterhead,
): Promise<Rendering<readonly Rendered[]>> {
  const all: Rendering<Rendered>[] = []
  for (const { facts, told, before } of editions) all.push(await rendering(facts, letterhead, { told, before }))
  return {
    add: async (rows) => {
      for (const each of all) await each.add(rows)
    },
    finish: async (onStep) => {
      const rendered: Rendered[] = []
      for (const each of all)
        rendered.push(await each.finish((share) => onStep((rendered.length + share) / all.length)))
      return rendered
    },
  }
}

/** Makes every document of a review on `letterhead`, in every language unless told. Rows are written as they come, and not kept. */
export async function rendering(
  partial: Omit<ReviewFacts, 'incidents'>,
  letterhead: Letterhead,
  {
    told,
    before = null,
    spoken = languages,
  }: { readonly told?: Told; readonly before?: Before | null; readonly spoken?: readonly Language[] } = {},
): Promise<Rendering<Rendered>> {
  const digest = listDigest()
  const first: IncidentRow[] = []
  // What has no list has no workbook.
  const listing = layoutOf(partial).parts.has('list')
  const books = await Promise.all(
    spoken.map(async (language) => {
      const wording = wordingOf(partial, language, letterhead.words[language])
      return { language, wording, book: listing ? await reviewWorkbook(partial, wording) : null }
    }),
  )
  return {
    add: async (rows) => {
      digest.add(rows)
      if (listing && first.length < PAGE_ROWS.incidents)
        first.push(...rows.slice(0, PAGE_ROWS.incidents - first.length))
      for (const { book } of books) await book?.addIncidents(rows)
    },
    finish: async (onStep) => {
      const counted: ReviewFacts = { ...partial, incidents: digest.finish() }
      const restatement = restated(counted, before)
      const facts: ReviewFacts = { ...counted, ...(restatement !== undefined && { restatement }) }
      const checksum = checksumOf(facts)
      const documents: RenderedDocument[] = []
      const steps = spoken.length * 4
      const made = (each: RenderedDocument) => {
        documents.push(each)
        onStep(Math.min(1, documents.length / steps))
      }
      for (const { language, wording, book } of books) {
        const content = contentOf(facts, wording, {
          checksum,
          told: told?.[language] ?? [],
          restatement: restatementSentences(facts, wording),
        })
        if (book !== null) made(documentOf(language, 'xlsx', await book.finish(facts, content)))
        for (const each of await drawn(content, { wording, letterhead }, first, facts.incidents.count)) made(each)
      }
      return { facts, checksum, documents, listed: first }
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
