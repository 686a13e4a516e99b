import { colours } from '#platform/documents/house.ts'
import {
  type Cell,
  type Column,
  HEAD_HEIGHT,
  type Presentation,
  type SlidePage,
  widthInInches,
} from '#platform/documents/presentation.ts'
import { LEFT, WIDTH } from '#platform/documents/slide-frame.ts'
import type { Verdict } from './facts.ts'
import type { Tone } from '#core/review-content.ts'

export const toneText: Readonly<Record<Tone, string>> = {
  miss: colours.missText,
  soon: colours.soonText,
  met: colours.metText,
  plain: colours.ink,
}

/** Something that stands on a slide, as high as it says. */
export interface Piece {
  readonly height: number
  readonly draw: (page: SlidePage, y: number) => void
}

export function smallPiece(text: string): Piece {
  return {
    height: 0.22,
    draw: (page, y) => page.text(text, { x: LEFT, y, w: WIDTH, h: 0.2 }, { size: 11, colour: colours.ink3 }),
  }
}

const NAME_SIZES = [12, 11, 10] as const

/** Points for a name in bold, on one line of so many inches: a long one is rather smaller than cut. */
export function sizeFor(name: string, width: number): number {
  return NAME_SIZES.find((size) => widthInInches(name, { size, bold: true }) <= width) ?? NAME_SIZES.at(-1)!
}

const verdictMarks = { met: 'disc', 'met-by-allowance': 'disc', missed: 'square', 'not-measured': 'ring' } as const
const verdictColours: Readonly<Record<Verdict, string>> = {
  met: colours.met,
  'met-by-allowance': colours.met,
  missed: colours.miss,
  'not-measured': colours.ink3,
}

/** Across, of the shape that stands for a verdict. */
const MARK = 0.14

/** The shape that stands for a verdict, so that it is not told by colour alone. */
export function verdictMark(page: SlidePage, verdict: Verdict, x: number, y: number): void {
  page.mark(verdictMarks[verdict], { x, y, w: MARK, h: MARK }, verdictColours[verdict])
}

interface VerdictTable<Line> {
  readonly title: string
  readonly notes: string
  /** Inches. */
  readonly rowHeight: number
  /** Lines on one slide; the rest goes on on the next. */
  readonly atOnce: number
  readonly lines: readonly Line[]
  readonly columns: readonly Column[]
  readonly cells: (line: Line) => readonly Cell[]
  /** Of text in a row; one unless said. */
  readonly textLines?: number
}

/** A table of what came out well or not: each line begins with the shape of its verdict, a missed one lies on a wash. */
export function verdictTable<Line extends { readonly verdict: Verdict }>(
  slides: Presentation,
  { title, notes, rowHeight, atOnce, lines, columns, cells, textLines = 1 }: VerdictTable<Line>,
): void {
  for (let from = 0; from < lines.length; from += atOnce) {
    const shown = lines.slice(from, from + atOnce)
    const page = slides.add({ title, notes })
    page.table({
      x: LEFT,
      y: page.top,
      size: 12,
      rowHeight,
      lines: textLines,
      columns: [{ head: '', width: 0.3 }, ...columns],
      rows: shown.map((line) => {
        const wash = line.verdict === 'missed' ? { wash: colours.missWash } : {}
        return [{ text: '' }, ...cells(line)].map((cell) => ({ ...cell, ...wash }))
      }),
    })
    for (const [index, { verdict }] of shown.entries())
      verdictMark(page, verdict, LEFT + 0.08, page.top + HEAD_HEIGHT + rowHeight * index + (rowHeight - MARK) / 2)
  }
}
