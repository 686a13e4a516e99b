import type { Block, Tone } from '#core/review-content.ts'
import type { Chart } from '#platform/documents/chart.ts'
import { colours } from '#platform/documents/house.ts'
import { heightOf, type Presentation, widthInInches } from '#platform/documents/presentation.ts'
import { fitted, linesOf } from '#platform/documents/text-width.ts'
import type { ToldSection } from './chapters.ts'
import { BOTTOM, LEFT, WIDTH } from '#platform/documents/slide-frame.ts'
import { type Piece, sizeFor, toneText } from './slide-frame.ts'
import { tablePieces } from './slide-tables.ts'

type Of<Kind extends Block['kind']> = Extract<Block, { readonly kind: Kind }>

const GAP = 0.22
/** A year of months; the rest is in the pages. */
const BARS_AT_MOST = 12
const TREND_HEIGHT = 1.72
const TRENDS_IN_A_ROW = 3
/** Slides of one section; the rest is in the pages. */
const SLIDES_AT_MOST = 4

/** A section as slides: its pieces below each other, what has no room goes on on the next. */
export function sectionSlides(slides: Presentation, { title, blocks, notes }: ToldSection): void {
  const spoken = [title, ...blocks.flatMap(altOf), ...notes].join('\n')
  let page = slides.add({ title, notes: spoken })
  let y = page.top
  let used = 1
  for (const piece of piecesOf(blocks, BOTTOM - page.top)) {
    if (y > page.top && y + piece.height > BOTTOM + 0.01) {
      if (used === SLIDES_AT_MOST) return
      page = slides.add({ title, notes: spoken })
      y = page.top
      used += 1
    }
    piece.draw(page, y)
    y += piece.height + GAP
  }
}

function altOf(block: Block): string[] {
  return block.kind === 'bars' || block.kind === 'trend' ? [block.alt] : []
}

/** @param room Height of a slide below its title, in inches. */
function piecesOf(blocks: readonly Block[], room: number): Piece[] {
  const pieces: Piece[] = []
  for (let at = 0; at < blocks.length; at += 1) {
    const block = blocks[at]!
    if (block.kind === 'text') pieces.push(textPiece(block))
    else if (block.kind === 'figures') pieces.push(figuresPiece(block))
    else if (block.kind === 'table') pieces.push(...tablePieces(block, room))
    else if (block.kind === 'quotes') pieces.push(...block.quotes.map(quotePiece))
    else if (block.kind === 'bars') {
      const next = blocks[at + 1]
      const pair = next?.kind === 'bars' ? [block, next] : [block]
      at += pair.length - 1
      pieces.push(barsPiece(pair))
    } else {
      const row = [block]
      while (row.length < TRENDS_IN_A_ROW && blocks[at + 1]?.kind === 'trend') {
        at += 1
        row.push(blocks[at] as Of<'trend'>)
      }
      pieces.push(trendsPiece(row))
    }
  }
  return pieces
}

function textPiece({ text, tone = 'plain' }: Of<'text'>): Piece {
  const size = 14
  const lines = Math.min(6, linesOf(text, { width: WIDTH * 72, size }).length)
  const height = heightOf(lines, size) + 0.02
  return {
    height,
    draw: (page, y) => page.text(text, { x: LEFT, y, w: WIDTH, h: height }, { size, colour: toneText[tone] }),
  }
}

const FIGURES_AT_MOST = 8
const FIGURE_GAP = 0.3
const LABEL_SIZE = 12

/** Up to four in a row; more in two rows, as many in each. */
function figuresPiece({ figures }: Of<'figures'>): Piece {
  const shown = figures.slice(0, FIGURES_AT_MOST)
  const perRow = shown.length <= 4 ? 4 : Math.ceil(shown.length / 2)
  const w = (WIDTH - FIGURE_GAP * (perRow - 1)) / perRow
  // Where one is called by more than a line has room for, all stand a line lower.
  const isLong = shown.some(({ label }) => widthInInches(label, { size: LABEL_SIZE }) > w)
  const labelHeight = isLong ? heightOf(2, LABEL_SIZE) + 0.02 : 0.22
  const high = 0.96 + labelHeight
  return {
    height: Math.ceil(shown.length / perRow) * high,
    draw: (page, top) => {
      for (const [index, { label, value, about }] of shown.entries()) {
        const x = LEFT + (index % perRow) * (w + FIGURE_GAP)
        const y = top + Math.floor(index / perRow) * high
        const below = y + 0.07 + labelHeight
        page.rule(x, y, w, { colour: colours.edge })
        page.text(
          label,
          { x, y: y + 0.07, w, h: labelHeight },
          { size: LABEL_SIZE, colour: colours.ink2, valign: 'bottom' },
        )
        page.text(value, { x, y: below, w, h: 0.4 }, { size: 22, bold: true })
        page.text(about, { x, y: below + 0.41, w, h: 0.37 }, { size: 10.5, colour: colours.ink3 })
      }
    },
  }
}

function quotePiece({ text, about }: Of<'quotes'>['quotes'][number]): Piece {
  const size = 14
  const w = WIDTH - 0.25
  const lines = Math.min(3, linesOf(text, { width: w * 72, size }).length)
  const height = heightOf(lines, size) + 0.02
  return {
    height: height + 0.24,
    draw: (page, y) => {
      page.rule(LEFT, y, height + 0.2, { upright: true, colour: colours.felt, points: 2 })
      page.text(text, { x: LEFT + 0.25, y, w, h: height }, { size })
      page.text(about, { x: LEFT + 0.25, y: y + height, w, h: 0.2 }, { size: 11, colour: colours.feltText })
    },
  }
}

function barsPiece(pair: readonly Of<'bars'>[]): Piece {
  const w = pair.length === 1 ? 7.6 : (WIDTH - 0.6) / 2
  const most = Math.max(1, ...pair.map(({ bars }) => Math.min(BARS_AT_MOST, bars.length)))
  const chartHeight = heightOfBars(most)
  return {
    height: 0.3 + chartHeight,
    draw: (page, y) => {
      for (const [index, { caption, bars, alt }] of pair.entries()) {
        const x = LEFT + index * (w + 0.6)
        page.text(caption, { x, y, w, h: 0.25 }, { size: 13, colour: colours.ink2 })
        const shown = bars.slice(0, BARS_AT_MOST)
        if (shown.length === 0) continue
        page.chart(barChart(caption, shown, w), { x, y: y + 0.3, w, h: heightOfBars(shown.length) }, alt)
      }
    },
  }
}

/** In inches; many stand closer together. */
const heightOfBars = (bars: number) => 0.3 + bars * (bars > 8 ? 0.29 : 0.36)

const NAMES = 0.42
const SAID_ROOM = 0.35

function barChart(caption: string, bars: Of<'bars'>['bars'], width: number): Chart {
  // Short names leave their place to the bars.
  const longest = Math.max(...bars.map(({ name }) => widthInInches(name, { size: 11 })))
  const left = Math.min(NAMES, (longest + 0.2) / width)
  const room = (width * left - 0.15) * 72
  const values = bars.map(({ value }) => value)
  return {
    categories: bars.map(({ name }) => fitted(name, { width: room, size: 11, lines: 1 })),
    format: values.every(Number.isInteger) ? '#,##0' : '#,##0.0',
    min: 0,
    // What stands at the longest has room beside it.
    max: Math.max(1, ...values) * (1 + SAID_ROOM),
    lying: true,
    categoryLabels: 'all',
    fontSize: 11,
    room: { left, right: 0.02, top: 0.02, bottom: 0.02 },
    series: [
      {
        name: caption,
        values,
        kind: 'bars',
        colour: colours.ink2,
        valueAt: values.map((_, index) => index),
        says: bars.map(({ said }) => fitted(said, { width: 110, size: 11, lines: 1 })),
      },
    ],
  }
}

function trendsPiece(row: readonly Of<'trend'>[]): Piece {
  const gap = 0.4
  const w = (WIDTH - gap * (TRENDS_IN_A_ROW - 1)) / TRENDS_IN_A_ROW
  return {
    height: TREND_HEIGHT,
    draw: (page, y) => {
      for (const [index, trend] of row.entries()) {
        const x = LEFT + index * (w + gap)
        page.rule(x, y, w, { colour: colours.edge })
        const latest = { size: 13, bold: true }
        const latestWidth = Math.min(w / 2, widthInInches(trend.latest, latest) + 0.08)
        const name = { x, y: y + 0.06, w: w - latestWidth - 0.1, h: 0.22 }
        page.text(trend.name, name, { size: sizeFor(trend.name, name.w), bold: true })
        page.text(
          trend.latest,
          { x: x + w - latestWidth, y: y + 0.05, w: latestWidth, h: 0.24 },
          { ...latest, align: 'right', colour: toneText[trend.tone] },
        )
        page.chart(lineChart(trend), { x, y: y + 0.32, w, h: 0.94 }, trend.alt)
        page.text(trend.change, { x, y: y + 1.28, w, h: 0.36 }, { size: 10, colour: colours.ink3 })
      }
    },
  }
}

const toneFill: Readonly<Record<Tone, string>> = {
  miss: colours.miss,
  soon: colours.soon,
  met: colours.met,
  plain: colours.ink,
}
const symbols = { miss: 'square', soon: 'square', met: 'diamond', plain: 'circle' } as const

function lineChart({ name, latest, months, values, limits, tone, format }: Of<'trend'>): Chart {
  const last = months.length - 1
  const known = [...values.filter((value) => value !== null), ...(limits === null ? [] : [limits.lower, limits.upper])]
  const [least, most] = [Math.min(...known), Math.max(...known)]
  const pad = Math.max((most - least) * 0.12, Math.abs(most) * 0.01, 0.01)
  const flat = (value: number, named: string) => ({
    name: named,
    values: months.map(() => value),
    kind: 'line' as const,
    colour: colours.edge,
    width: 0.75,
    dashed: true,
  })
  return {
    categories: months,
    format,
    min: least - pad,
    max: most + pad,
    categoryLabels: 'none',
    fontSize: 10,
    room: { left: 0.02, right: 0.04, top: 0.08, bottom: 0.06 },
    series: [
      ...(limits === null ? [] : [flat(limits.lower, `${name} ↓`), flat(limits.upper, `${name} ↑`)]),
      { name, values, kind: 'line', colour: colours.ink2, width: 1.25, points: { symbol: 'circle', size: 4 } },
      {
        name: latest,
        values: values.map((value, index) => (index === last ? value : null)),
        kind: 'line',
        colour: toneFill[tone],
        width: 0,
        points: { symbol: symbols[tone], size: 9 },
      },
    ],
  }
}
