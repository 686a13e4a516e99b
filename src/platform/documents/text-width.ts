/**
 * Widths of Arial, and of the fonts made to its measure, from the blank to the tilde: thousandths of the size. It is the
 * font of presentations, because every machine has it or one as wide.
 */
const regular = [
  278, 278, 355, 556, 556, 889, 667, 191, 333, 333, 389, 584, 278, 333, 278, 278, 556, 556, 556, 556, 556, 556, 556,
  556, 556, 556, 278, 278, 584, 584, 584, 556, 1015, 667, 667, 722, 722, 667, 611, 778, 722, 278, 500, 667, 556, 833,
  722, 778, 667, 778, 722, 667, 611, 722, 667, 944, 667, 667, 611, 278, 278, 278, 469, 556, 333, 556, 556, 500, 556,
  556, 278, 556, 556, 222, 222, 500, 222, 833, 556, 556, 556, 556, 333, 500, 278, 556, 500, 722, 500, 500, 500, 334,
  260, 334, 584,
]
const bold = [
  278, 333, 474, 556, 556, 889, 722, 238, 333, 333, 389, 584, 278, 333, 278, 278, 556, 556, 556, 556, 556, 556, 556,
  556, 556, 556, 333, 333, 584, 584, 584, 611, 975, 722, 722, 722, 722, 667, 611, 778, 722, 278, 556, 722, 611, 833,
  722, 778, 667, 778, 722, 667, 611, 722, 667, 944, 667, 667, 611, 333, 278, 333, 584, 556, 333, 556, 611, 556, 611,
  556, 333, 611, 611, 278, 278, 556, 278, 889, 611, 611, 611, 611, 389, 556, 333, 611, 556, 778, 556, 556, 500, 389,
  280, 389, 584,
]

/** Letters of scripts that are not in the tables: a little wider than most of what is seen of them. */
const scripts: readonly (readonly [letters: RegExp, thousandths: number])[] = [
  [/\p{Mark}|\p{Default_Ignorable_Code_Point}/u, 0],
  [/(?=\p{Script=Greek})\p{Lowercase}/u, 610],
  [/(?=\p{Script=Cyrillic})\p{Lowercase}/u, 660],
  [/\p{Script=Hebrew}|\p{Script=Arabic}/u, 620],
  [/\p{Script=Greek}/u, 750],
]
const OTHER_LETTER = 800
/** Ideographs, full-width forms and pictures. */
const WIDE = 1400
const WIDE_CHARACTERS =
  /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60]|\p{Extended_Pictographic}/u

/** Another machine's font may run a little wider than the measure. */
const SAFETY = 1.03

const graphemes = new Intl.Segmenter('und', { granularity: 'grapheme' })

export interface TextStyle {
  /** Points. */
  readonly size: number
  readonly bold?: boolean
}

/** How wide a text is on one line, in points. */
export function widthOf(text: string, { size, bold: isBold = false }: TextStyle): number {
  let thousandths = 0
  for (const { segment } of graphemes.segment(text)) thousandths += widthOfGrapheme(segment, isBold)
  return (thousandths * size * SAFETY) / 1000
}

function widthOfGrapheme(grapheme: string, isBold: boolean): number {
  const table = isBold ? bold : regular
  const code = grapheme.codePointAt(0)!
  if (code >= 32 && code < 127 && grapheme.length === 1) return table[code - 32]!
  if (code === 0xa0 || code === 0x202f) return table[0]!
  if (WIDE_CHARACTERS.test(grapheme)) return WIDE
  // A letter with marks is as wide as the letter.
  const plain = grapheme.normalize('NFD').charCodeAt(0)
  if (plain >= 32 && plain < 127) return table[plain - 32]!
  return /[\u2010-\u203a\u00b7]/.test(grapheme) && code !== 0x2026 && code !== 0x2014
    ? 560
    : code === 0x2026 || code === 0x2014
      ? 1000
      : (scripts.find(([letters]) => letters.test(grapheme))?.[1] ?? OTHER_LETTER)
}

export interface Box extends TextStyle {
  /** Points. */
  readonly width: number
  /** As many as fit. */
  readonly lines: number
}

const ELLIPSIS = '…'

/** The text, or as much of its beginning as fits into the lines of a box, then an ellipsis. A word too long is broken. */
export function fitted(text: string, { width, lines, ...style }: Box): string {
  const broken = linesOf(text, { width, ...style })
  if (broken.length <= lines) return text
  const whole = broken.slice(0, lines - 1).join('')
  // The last line is filled to its end, also with the beginning of a word.
  return `${whole}${cutLine(text.slice(whole.length), width, style)}`
}

/** A line cut so that an ellipsis still fits behind it. */
function cutLine(line: string, width: number, style: TextStyle): string {
  const room = width - widthOf(ELLIPSIS, style)
  let kept = ''
  let used = 0
  for (const { segment } of graphemes.segment(line)) {
    used += widthOf(segment, style)
    if (used > room) break
    kept += segment
  }
  return `${kept.trimEnd()}${ELLIPSIS}`
}

/** The text in lines of at most that width, in points, as a program that shows it would break it; blanks stay at the ends. */
export function linesOf(text: string, { width, ...style }: TextStyle & { readonly width: number }): string[] {
  const lines: string[] = []
  let line = ''
  let used = 0
  const flush = () => {
    lines.push(line)
    line = ''
    used = 0
  }
  // Breaks are possible after blanks, hyphens and slashes.
  for (const word of text.match(/[^ \-/]*[ \-/]?/g) ?? []) {
    if (word === '') continue
    const wordWidth = widthOf(word.trimEnd(), style)
    if (used > 0 && used + wordWidth > width) flush()
    if (wordWidth <= width) {
      line += word
      used += widthOf(word, style)
      continue
    }
    for (const { segment } of graphemes.segment(word)) {
      const segmentWidth = widthOf(segment, style)
      if (used > 0 && used + segmentWidth > width) flush()
      line += segment
      used += segmentWidth
    }
  }
  if (line !== '') flush()
  return lines
}
