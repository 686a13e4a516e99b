import { readFile } from 'node:fs/promises'
import type { Language } from '#core/text.ts'
import type { Letterhead } from './letterhead.ts'
import { pdfApart } from './pdf-apart.ts'
import { printableDeep } from './printable.ts'

const TEMPLATE = new URL('picture-sheet.typ', import.meta.url)

/** What a board says, as a table below its picture. */
export interface SheetTable {
  readonly title: string
  readonly lede: string | null
  /** Said where there are no rows. */
  readonly empty: string
  /** Millimetres; null shares what is left. */
  readonly widths: readonly (number | null)[]
  readonly right: readonly boolean[]
  readonly head: readonly string[]
  readonly rows: readonly (readonly string[])[]
}

export interface PictureSheet {
  readonly language: Language
  readonly title: string
  /** What kind of thing it is, above the title. */
  readonly kind: string
  readonly lede: string
  /** SVG; null where there is nothing to draw. */
  readonly picture: string | null
  /** Of the picture, for whoever cannot see it. */
  readonly alt: string
  readonly tables: readonly SheetTable[]
  readonly note: string
}

/** A board on paper, tagged for screen readers: its picture, and what it says as tables. */
export async function pictureSheet(sheet: PictureSheet, letterhead: Letterhead, now: Date): Promise<Buffer> {
  const data = printableDeep({ ...sheet, made: madeAt(now) })
  return pdfApart({ template: await readFile(TEMPLATE, 'utf8'), data, letterhead })
}

function madeAt(now: Date): readonly number[] {
  return [
    now.getUTCFullYear(),
    now.getUTCMonth() + 1,
    now.getUTCDate(),
    now.getUTCHours(),
    now.getUTCMinutes(),
    now.getUTCSeconds(),
  ]
}
