import type { Block, BlockColumn } from '#core/review-content.ts'
import { colours } from '#platform/documents/house.ts'
import { cellWidth, type Column, fitsCell, gutterBefore, HEAD_HEIGHT } from '#platform/documents/presentation.ts'
import { LEFT, WIDTH } from '#platform/documents/slide-frame.ts'
import { type Piece, smallPiece, toneText } from './slide-frame.ts'

type TableBlock = Extract<Block, { readonly kind: 'table' }>

const ROW_HEIGHT = 0.36
/** Of two lines: where something is longer than its column and there is room. */
const TALL_ROW_HEIGHT = 0.52
const TABLE_SIZE = 12
/** Of a table with many columns, so that durations have room. */
const CROWDED = { from: 7, size: 11 } as const
/** Rows of a table on slides; all of them are in the pages and the workbook. */
const TABLE_ROWS = 24

/** @param room Height of a slide below its title, in inches. */
export function tablePieces({ caption, columns, rows, more }: TableBlock, room: number): Piece[] {
  const size = columns.length >= CROWDED.from ? CROWDED.size : TABLE_SIZE
  const shown = rows.slice(0, TABLE_ROWS)
  const widths = columnWidths(
    columns.map((column, index) => ({ ...column, texts: shown.map((cells) => cells[index]?.text ?? '') })),
    { size, width: WIDTH },
  )
  const head = HEAD_HEIGHT + 0.3
  const heights = shown.map((cells) =>
    cells.every(({ text }, index) =>
      fitsCell(text, widths[index]!.width - gutterBefore(widths, index), { size, bold: index === 0 }),
    )
      ? ROW_HEIGHT
      : TALL_ROW_HEIGHT,
  )
  // Where all of them have room, what is longer than its column takes a second line.
  const tall = head + 0.3 + sumOf(heights) <= room
  const atOnce = tall ? shown.length : Math.max(1, Math.floor((room - head - 0.3) / ROW_HEIGHT))
  const pieces: Piece[] = []
  for (let from = 0; from < shown.length; from += atOnce) {
    const part = shown.slice(from, from + atOnce)
    const rowHeight = tall ? heights : part.map(() => ROW_HEIGHT)
    pieces.push({
      height: head + sumOf(rowHeight),
      draw: (page, y) => {
        page.text(caption, { x: LEFT, y, w: WIDTH, h: 0.25 }, { size: 13, colour: colours.ink2 })
        page.table({
          x: LEFT,
          y: y + 0.3,
          size,
          rowHeight,
          lines: tall ? 2 : 1,
          columns: widths,
          rows: part.map((cells) =>
            cells.map(({ text, tone = 'plain' }, index) => ({ text, colour: toneText[tone], bold: index === 0 })),
          ),
        })
      },
    })
  }
  if (more !== null) pieces.push(smallPiece(more))
  return pieces
}

interface Weighed extends Pick<BlockColumn, 'head' | 'weight' | 'align'> {
  readonly texts: readonly string[]
}

/** A column takes no more for its content than this part of the width: long words are broken or cut. */
const CONTENT_AT_MOST = 0.32

/**
 * Columns as wide as their weights say, in inches, but none narrower than the longest word of its head, or than its figures:
 * a number that breaks is two. What they take is given by those that have more than they need.
 */
export function columnWidths(
  columns: readonly Weighed[],
  { size, width }: { readonly size: number; readonly width: number },
): Column[] {
  const least = columns.map(({ head, align, texts }) => {
    const words = [...head.split(/[\s/-]/), ...halves(head)].map((word) => cellWidth(word, { size }))
    const figures = align === 'right' ? texts.map((text) => cellWidth(text, { size })) : []
    return Math.max(0, ...[...words, ...figures].map((each) => Math.min(each, width * CONTENT_AT_MOST)))
  })
  const plain = (widths: readonly number[]) =>
    columns.map(({ head, align }, index) => ({
      head,
      width: widths[index]!,
      ...(align === undefined ? {} : { align }),
    }))
  const all = columns.reduce((sum, { weight }) => sum + weight, 0)
  // Where all of them together need more than there is, something is cut in any case.
  if (least.reduce((sum, each) => sum + each, 0) > width)
    return plain(columns.map(({ weight }) => (width * weight) / all))
  const narrow = new Set<number>()
  const widthsNow = () => {
    const weights = columns.reduce((sum, { weight }, index) => (narrow.has(index) ? sum : sum + weight), 0)
    const left = width - [...narrow].reduce((sum, index) => sum + least[index]!, 0)
    return columns.map(({ weight }, index) => (narrow.has(index) ? least[index]! : (left * weight) / weights))
  }
  for (;;) {
    const widths = widthsNow()
    const tooNarrow = widths.findIndex((each, index) => !narrow.has(index) && each < least[index]!)
    if (tooNarrow === -1) return plain(widths)
    narrow.add(tooNarrow)
  }
}

/** The longer line of a head on two lines, where it is the shortest; a head has no third. */
function halves(head: string): string[] {
  const words = head.split(' ')
  const splits = words.slice(1).map((_, at) => {
    const lines = [words.slice(0, at + 1).join(' '), words.slice(at + 1).join(' ')]
    return lines.toSorted((one, other) => other.length - one.length)[0]!
  })
  return splits.toSorted((one, other) => one.length - other.length).slice(0, 1)
}

function sumOf(heights: readonly number[]): number {
  return heights.reduce((sum, height) => sum + height, 0)
}
