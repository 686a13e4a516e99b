import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { inflateSync } from 'node:zlib'
import JSZip from 'jszip'
import { type Language, languages } from '#core/text.ts'
import { type Letterhead, plainLetterhead } from '#platform/documents/letterhead.ts'
import type { ReviewFacts } from './facts.ts'
import type { Told } from './chapters.ts'
import type { IncidentRow } from './incident-row.ts'
import { draw } from './draw.ts'
import { listingAll } from './listing.ts'
import type { Frozen, KeptFormat, RenderedDocument } from './render.ts'

interface Rendered extends Frozen {
  readonly documents: readonly RenderedDocument[]
}

/** All documents of frozen facts. */
export async function rendered(
  facts: ReviewFacts,
  rows: readonly IncidentRow[] = [],
  spoken: readonly Language[] = languages,
  letterhead: Letterhead = plainLetterhead,
  told: Told = { de: [], en: [] },
): Promise<Rendered> {
  const { incidents: _, ...partial } = facts
  const listing = await listingAll([{ facts: partial, told, before: null }], letterhead, spoken)
  await listing.add(rows)
  const [listed] = await listing.finish()
  const { about, workbooks } = listed!
  const books = await Promise.all(workbooks.map((write) => write()))
  const drawn = await draw({ ...about, told, spoken, letterhead })
  return { ...about, documents: [...books, ...drawn] }
}

/** One of them. */
export const documentOf = ({ documents }: Rendered, language: string, format: KeptFormat) =>
  Buffer.from(documents.find((each) => each.language === language && each.format === format)!.content)

/** Every part of an archive by its path, those of archives in it too. */
export async function partsOf(archive: Buffer): Promise<Map<string, string>> {
  const parts = new Map<string, string>()
  const zip = await JSZip.loadAsync(archive)
  for (const file of Object.values(zip.files)) {
    if (file.dir) continue
    const content = await file.async('nodebuffer')
    if (!file.name.endsWith('.xlsx')) parts.set(file.name, content.toString())
    else for (const [name, inner] of await partsOf(content)) parts.set(`${file.name}!${name}`, inner)
  }
  return parts
}

/** Pages are read with pdftotext of poppler-utils, where it is. */
export const hasPdftotext = (() => {
  try {
    execFileSync('pdftotext', ['-v'], { stdio: 'ignore' })
    return true
  } catch {
    return false
  }
})()

/** What a reader of the pages sees, in one line. */
export function pdfText(pdf: Buffer): string {
  const folder = mkdtempSync(join(tmpdir(), 'plumbline-pdf-'))
  try {
    writeFileSync(join(folder, 'review.pdf'), pdf)
    return execFileSync('pdftotext', ['-layout', 'review.pdf', '-'], {
      cwd: folder,
      stdio: ['ignore', 'pipe', 'ignore'],
    }).toString()
  } finally {
    rmSync(folder, { recursive: true })
  }
}

/** The bytes of a PDF with all its compressed streams opened: metadata, outline, alternative texts. */
export function pdfInside(pdf: Buffer): string {
  let text = pdf.toString('latin1')
  for (let at = pdf.indexOf('stream\n'); at >= 0; at = pdf.indexOf('stream\n', at + 7)) {
    try {
      text += inflateSync(pdf.subarray(at + 7), { finishFlush: 2 }).toString('latin1')
    } catch {
      // Not a compressed stream.
    }
  }
  return text
}

const slideNumber = (path: string) => Number(/slide(\d+)\.xml$/.exec(path)?.[1] ?? 0)

/** The slides of a presentation in their order, as XML. */
export async function slidesOf(pptx: Buffer): Promise<string[]> {
  const parts = await partsOf(pptx)
  return [...parts.keys()]
    .filter((path) => /^ppt\/slides\/slide\d+\.xml$/.test(path))
    .toSorted((one, other) => slideNumber(one) - slideNumber(other))
    .map((path) => parts.get(path)!)
}
