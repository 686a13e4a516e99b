import library from 'pptxgenjs'
import type { Chart } from './chart.ts'
import { colours, FONT } from './house.ts'
import type { LetterheadLogo } from './letterhead.ts'
import { completed, type PresentationInfo } from './presentation-file.ts'
import { printable } from './printable.ts'
import type { SlideMaster } from './slide-master.ts'
import { fitted, linesOf, type TextStyle, widthOf } from './text-width.ts'

// The package's types describe its CommonJS form, where the class is one level deeper than in the module that runs.
const PptxGenJS = library as unknown as typeof library.default
type Slide = ReturnType<InstanceType<typeof PptxGenJS>['addSlide']>

const POINTS_PER_INCH = 72
/** Between a title and what it is of, in inches. */
const BELOW_TITLE = 0.3
/** How much wider the font of another master may be than the measured one. */
/** Of the size of titles. */
const LONG_TITLE = 5 / 6
const OTHER_FONT = 1.15
/** Between the stretches of a line. */
const GAP = '\u00a0\u00a0'
/** Height of a line over the size of its letters. */
const LEADING = 1.2

/** Inches; slides are 13⅓ by 7½. */
export interface Place {
  readonly x: number
  readonly y: number
  readonly w: number
  readonly h: number
}

export interface TextOptions extends TextStyle {
  readonly colour?: string
  readonly align?: 'left' | 'right' | 'center'
  readonly valign?: 'top' | 'middle' | 'bottom'
}

/** A stretch of text in a line that is written in several ways. */
export interface Run extends TextOptions {
  readonly text: string
}

export interface Cell {
  readonly text: string
  readonly colour?: string
  readonly bold?: boolean
  /** Behind the text. */
  readonly wash?: string
}

export interface Column {
  readonly head: string
  /** Inches. */
  readonly width: number
  readonly align?: 'left' | 'right'
}

export interface Table {
  readonly x: number
  readonly y: number
  readonly columns: readonly Column[]
  readonly rows: readonly (readonly Cell[])[]
  readonly size: number
  /** Inches; of each row where they differ. */
  readonly rowHeight: number | readonly number[]
  /** Of a cell at most; one unless given. What is longer is cut. */
  readonly lines?: number
}

/** A slide on which nothing can overflow: each text is cut to the place it is given. */
export interface SlidePage {
  /** Where there is room below the title, in inches. */
  readonly top: number
  /** One text, as many lines as its place has. */
  readonly text: (text: string, place: Place, options: TextOptions) => void
  /** Several stretches on one line; what does not fit is cut, the last first. */
  readonly line: (runs: readonly Run[], place: Place) => void
  readonly table: (table: Table) => void
  /** @param alt What the chart shows, for who cannot see it. */
  readonly chart: (chart: Chart, place: Place, alt: string) => void
  readonly rule: (
    x: number,
    y: number,
    length: number,
    options?: { readonly colour?: string; readonly upright?: boolean; readonly points?: number },
  ) => void
  /** As high as its place, as wide as it is for that; at the right of it. */
  readonly logo: (logo: LetterheadLogo, place: Place, alt: string) => void
  readonly mark: (shape: 'disc' | 'square' | 'triangle' | 'diamond' | 'ring', place: Place, colour: string) => void
}

/** Where titles stand, on every slide. */
export interface TitlePlace extends Place {
  readonly size: number
}

/** A presentation in the making: titles in outline view, native tables and charts, speaker notes. */
export interface Presentation {
  readonly add: (slide: { readonly title: string; readonly notes: string }) => SlidePage
  /** Draws on every slide when all are there: page numbers need their sum. */
  readonly finish: (onEach: (page: SlidePage, number: number, of: number) => void) => Promise<Buffer>
}

/** @param master Whose layout, theme and pictures slides have instead of ours. */
export function presentation(
  info: PresentationInfo,
  titlePlace: TitlePlace,
  master: SlideMaster | null = null,
): Presentation {
  const pptx = new PptxGenJS()
  pptx.layout = 'LAYOUT_WIDE'
  pptx.title = printable(info.title)
  pptx.subject = printable(info.subject)
  pptx.author = printable(info.author)
  pptx.company = printable(info.author)
  pptx.theme = { headFontFace: FONT, bodyFontFace: FONT }
  const { size, ...place } = master === null ? titlePlace : { ...titlePlace, ...master.title }
  // Another font than the one that is measured may be wider.
  const measured = (points: number) => ({ size: master === null ? points : points * OTHER_FONT, bold: true })
  const linesAt = (title: string, points: number) =>
    linesOf(title, { width: place.w * POINTS_PER_INCH, ...measured(points) }).length
  pptx.defineSlideMaster({
    title: 'page',
    background: { color: colours.paper },
    objects: [
      {
        placeholder: {
          options: {
            name: 'title',
            type: 'title',
            ...place,
            fontSize: size,
            bold: true,
            align: 'left',
            valign: 'top',
            margin: 0,
            color: colours.ink,
            fontFace: FONT,
          },
          text: '',
        },
      },
    ],
  })
  const charts: Chart[] = []
  const logoPictures: string[] = []
  const pages: SlidePage[] = []
  return {
    add: ({ title, notes }) => {
      const slide = pptx.addSlide({ masterName: 'page' })
      // A long one is rather smaller than cut.
      const fits = linesAt(printable(title), size) <= linesIn(place.h, size)
      const points = fits ? size : size * LONG_TITLE
      const shown = cut(title, place, measured(points), linesIn(place.h, points))
      // Only what a run itself says goes before what the placeholder does.
      const runs = fits ? shown : [{ text: shown, options: { fontSize: points } }]
      slide.addText(runs, { placeholder: 'title', lang: info.locale, fontFace: FONT })
      slide.addNotes(printable(notes))
      const page = pageOn(slide, {
        lang: info.locale,
        charts,
        logoPictures,
        top: place.y + heightOf(linesAt(shown, points), points) + BELOW_TITLE,
      })
      pages.push(page)
      return page
    },
    finish: async (onEach) => {
      for (const [index, page] of pages.entries()) onEach(page, index + 1, pages.length)
      const made = (await pptx.write({ outputType: 'nodebuffer', compression: false })) as Buffer
      return completed(made, { charts, picture: logoPictures.at(-1), master }, info)
    },
  }
}

function pageOn(
  slide: Slide,
  {
    lang,
    charts,
    logoPictures,
    top,
  }: { readonly lang: string; readonly charts: Chart[]; readonly logoPictures: string[]; readonly top: number },
): SlidePage {
  return {
    top,
    text: (text, place, { size, bold = false, colour = colours.ink, align = 'left', valign = 'top' }) => {
      slide.addText(cut(text, place, { size, bold }), {
        ...place,
        fontSize: size,
        bold,
        color: colour,
        align,
        valign,
        margin: 0,
        fontFace: FONT,
        lang,
        fit: 'none',
      })
    },
    line: (runs, place) => {
      let room = place.w
      const kept = runs.flatMap(({ text, size, bold = false, colour = colours.ink }) => {
        const shown = room <= 0 ? '' : cut(text, { w: room, h: (size * LEADING) / POINTS_PER_INCH }, { size, bold }, 1)
        room -= widthInInches(`${shown}${GAP}`, { size, bold })
        return shown === ''
          ? []
          : [{ text: `${shown}${GAP}`, options: { fontSize: size, bold, color: colour, fontFace: FONT, lang } }]
      })
      slide.addText(kept, { ...place, margin: 0, valign: 'middle', fit: 'none', align: 'left' })
    },
    table: ({ x, y, columns, rows, size, rowHeight, lines: most = 1 }) => {
      const edge = (colour: string) => ({ type: 'solid' as const, pt: 0.75, color: colour })
      const none = { type: 'none' as const }
      const cell = (
        { text, colour = colours.ink, bold = false, wash }: Cell,
        index: number,
        below: string,
        lines = 1,
      ) => ({
        text: cut(
          text,
          { w: columns[index]!.width - gutterBefore(columns, index) - 2 * CELL_MARGIN, h: HEAD_HEIGHT },
          { size, bold },
          lines,
        ),
        options: {
          align: columns[index]!.align ?? ('left' as const),
          margin: [0, CELL_MARGIN, 0, CELL_MARGIN + gutterBefore(columns, index)] as [number, number, number, number],
          bold,
          color: colour,
          lang,
          border: [none, none, edge(below), none] as [typeof none, typeof none, ReturnType<typeof edge>, typeof none],
          ...(wash === undefined ? {} : { fill: { color: wash } }),
        },
      })
      const head = columns.map((column, index) => {
        const { text, options } = cell({ text: column.head, colour: colours.ink2 }, index, colours.edge, 2)
        return { text, options: { ...options, valign: 'bottom' as const } }
      })
      const body = rows.map((cells) =>
        columns.map((_, index) => cell(cells[index] ?? { text: '' }, index, colours.line, most)),
      )
      slide.addTable([head, ...body], {
        x,
        y,
        w: columns.reduce((sum, { width }) => sum + width, 0),
        colW: columns.map(({ width }) => width),
        rowH: [HEAD_HEIGHT, ...rows.map((_, row) => (typeof rowHeight === 'number' ? rowHeight : rowHeight[row]!))],
        fontSize: size,
        fontFace: FONT,
        margin: [0, CELL_MARGIN, 0, CELL_MARGIN],
        valign: 'middle',
      })
    },
    chart: (chart, place, alt) => {
      charts.push(chart)
      // Only its place is taken from here: the chart itself is written below.
      slide.addChart('bar', [{ name: '1', labels: ['1'], values: [1] }], { ...place, altText: printable(alt) })
    },
    rule: (x, y, length, { colour = colours.line, upright = false, points = 0.75 } = {}) => {
      slide.addShape('line', {
        x,
        y,
        w: upright ? 0 : length,
        h: upright ? length : 0,
        line: { color: colour, width: points },
      })
    },
    logo: ({ type, content, aspect, picture }, { x, y, w, h }, alt) => {
      if (picture !== undefined) logoPictures.push(picture)
      const width = Math.min(w, h * aspect)
      const place = { x: x + w - width, y, w: width, h: width / aspect }
      slide.addImage({ ...place, data: `${type};base64,${content}`, altText: printable(alt) })
    },
    mark: (shape, place, colour) => {
      const form = {
        disc: 'ellipse',
        ring: 'ellipse',
        square: 'rect',
        triangle: 'triangle',
        diamond: 'diamond',
      } as const
      const drawn =
        shape === 'ring'
          ? { line: { color: colour, width: 1, dashType: 'sysDash' as const } }
          : { fill: { color: colour } }
      slide.addShape(form[shape], { ...place, ...drawn })
    },
  }
}

/** Of a table's head, in inches: two lines. */
export const HEAD_HEIGHT = 0.46

/** Left and right of the text in a cell, in inches. */
const CELL_MARGIN = 0.06

/** Figures end where words begin: between them there is more room, in inches. */
export function gutterBefore(columns: readonly Pick<Column, 'align'>[], index: number): number {
  return columns[index]?.align !== 'right' && columns[index - 1]?.align === 'right' ? 0.14 : 0
}

/** Whether a text has room on one line of a table's cell. */
export function fitsCell(text: string, width: number, style: TextStyle): boolean {
  return widthInInches(printable(text), style) <= width - 2 * CELL_MARGIN
}

/** How wide a table's column has to be for a text on one line, in inches. */
export function cellWidth(text: string, style: TextStyle): number {
  return widthInInches(printable(text), style) + 2 * CELL_MARGIN
}

/** How wide a text is on one line, in inches. */
export function widthInInches(text: string, style: TextStyle): number {
  return widthOf(text, style) / POINTS_PER_INCH
}

function cut(
  text: string,
  { w, h }: { readonly w: number; readonly h: number },
  style: TextStyle,
  lines = linesIn(h, style.size),
): string {
  return fitted(printable(text), { ...style, width: w * POINTS_PER_INCH, lines })
}

/** How many lines of that size a height in inches has room for; at least one. */
export function linesIn(height: number, size: number): number {
  return Math.max(1, Math.floor((height * POINTS_PER_INCH) / (size * LEADING) + 0.01))
}

/** How high so many lines are, in inches. */
export function heightOf(lines: number, size: number): number {
  return (lines * size * LEADING) / POINTS_PER_INCH
}
