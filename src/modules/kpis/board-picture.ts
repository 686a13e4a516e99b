import type { Language } from '#core/text.ts'
import { colours } from '#platform/documents/house.ts'
import { printable, xml } from '#platform/documents/printable.ts'
import type { Kpi } from './api.ts'
import { limitsText, newsText, valueText } from './value-text.ts'

const COLUMNS = 3
const WIDTH = 320
const HEIGHT = 172
const GAP = 16
const PAD = 14
const CHART_TOP = 84
const CHART_HEIGHT = 66
/** What is drawn of a long course. */
const MONTHS = 24
const FONTS = "'Source Sans 3', Arial, sans-serif"

/** A board as a picture that stands by itself: each figure with its value, whether it is news, and its course. */
export function boardPicture(items: readonly Kpi[], language: Language): string {
  const rows = Math.ceil(items.length / COLUMNS)
  const width = COLUMNS * WIDTH + (COLUMNS - 1) * GAP
  const height = Math.max(1, rows * HEIGHT + (rows - 1) * GAP)
  const tiles = items.map((kpi, index) => {
    const x = (index % COLUMNS) * (WIDTH + GAP)
    const y = Math.floor(index / COLUMNS) * (HEIGHT + GAP)
    return `<g transform="translate(${x} ${y})">${tile(kpi, language)}</g>`
  })
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" font-family="${FONTS}">${tiles.join('')}</svg>`
}

function tile(kpi: Kpi, language: Language): string {
  const { unit, direction, series, stretches } = kpi
  const last = series.at(-1)
  const signal = last?.signal ?? null
  const better = signal !== null && (signal.direction === 'higher') === (direction === 'up')
  const ink = signal === null || direction === 'none' ? colours.ink2 : better ? colours.metText : colours.missText
  const said =
    signal === null ? limitsText(language, unit, stretches.at(-1)?.limits ?? null) : newsText(language, signal)
  return (
    `<rect width="${WIDTH}" height="${HEIGHT}" fill="#${colours.surface}" stroke="#${signal === null ? colours.line : ink}"/>` +
    words(cut(`${kpi.key} ${kpi.name}`, 46), { y: 24, size: 13, fill: colours.ink2 }) +
    words(valueText(language, unit, last?.value ?? null), { y: 50, size: 22, fill: colours.ink, bold: true }) +
    words(cut(said, 52), { y: 70, size: 12, fill: ink }) +
    course(kpi)
  )
}

function words(
  text: string,
  {
    y,
    size,
    fill,
    bold = false,
  }: { readonly y: number; readonly size: number; readonly fill: string; readonly bold?: boolean },
): string {
  const weight = bold ? ' font-weight="600"' : ''
  return `<text x="${PAD}" y="${y}" font-size="${size}" fill="#${fill}"${weight}>${xml(printable(text))}</text>`
}

const graphemes = new Intl.Segmenter('und', { granularity: 'grapheme' })

/** Longer words would leave their frame. */
function cut(text: string, most: number): string {
  const letters = Array.from(graphemes.segment(text), ({ segment }) => segment)
  return letters.length <= most
    ? text
    : `${letters
        .slice(0, most - 1)
        .join('')
        .trimEnd()}…`
}

function course({ series, stretches }: Kpi): string {
  const shown = series.slice(-MONTHS)
  const limits = stretches.at(-1)?.limits ?? null
  const values = shown.flatMap(({ value }) => value ?? [])
  if (values.length === 0) return ''
  const edges = limits === null ? values : [...values, limits.lower, limits.upper]
  const least = Math.min(...edges)
  const span = Math.max(...edges) - least
  const x = (index: number) => round(PAD + ((WIDTH - 2 * PAD) * index) / Math.max(1, shown.length - 1))
  const y = (value: number) =>
    round(span === 0 ? CHART_TOP + CHART_HEIGHT / 2 : CHART_TOP + CHART_HEIGHT * (1 - (value - least) / span))
  const line = (value: number, dash: string) =>
    `<line x1="${PAD}" x2="${WIDTH - PAD}" y1="${y(value)}" y2="${y(value)}" stroke="#${colours.muted}"${dash}/>`
  const dashed = ' stroke-dasharray="4 3"'
  const lines = limits === null ? '' : line(limits.upper, dashed) + line(limits.mean, '') + line(limits.lower, dashed)
  const path = shown
    .map(({ value }, index) =>
      value === null ? '' : `${index > 0 && shown[index - 1]!.value !== null ? 'L' : 'M'}${x(index)} ${y(value)}`,
    )
    .join('')
  const marks = shown.map(({ value, signal }, index) => {
    if (value === null) return ''
    return signal === null
      ? `<circle cx="${x(index)}" cy="${y(value)}" r="2" fill="#${colours.ink2}"/>`
      : `<rect x="${round(x(index) - 3.5)}" y="${round(y(value) - 3.5)}" width="7" height="7" fill="#${colours.ink}"/>`
  })
  return `${lines}<path d="${path}" fill="none" stroke="#${colours.ink2}"/>${marks.join('')}`
}

function round(value: number): number {
  return Math.round(value * 10) / 10
}
