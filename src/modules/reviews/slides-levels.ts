import { colours } from '#platform/documents/house.ts'
import { type Cell, HEAD_HEIGHT, type Presentation } from '#platform/documents/presentation.ts'
import { widthOf } from '#platform/documents/text-width.ts'
import type { CaseLine, CaseList, Content, Level } from './content-shape.ts'
import { BOTTOM, LEFT, WIDTH } from '#platform/documents/slide-frame.ts'
import { verdictTable } from './slide-frame.ts'
import { trendChart } from './slides-trends.ts'
import type { Wording } from './wording.ts'

const ROW_HEIGHT = 0.37
const LEVEL_ROWS = 12
const CASE_ROWS = 12
/** Of misses, whose reason takes two lines. */
const MISS_ROWS = 9
const MISS_ROW_HEIGHT = 0.52
/** Slides of missed targets: further ones are in the pages and the workbook. */
const MISSED_SLIDES = 3

/** Every target with its figures. */
export function levelSlides(slides: Presentation, content: Content, { say }: Wording): void {
  const { title, items } = content.levels
  const notes = content.method.join('\n')
  if (items.length === 0) {
    if (content.notes.length === 0) return
    const page = slides.add({ title, notes })
    page.text(
      content.notes.map((note) => `${note}.`).join(' '),
      { x: LEFT, y: page.top, w: WIDTH, h: 1 },
      { size: 16, colour: colours.ink2 },
    )
    return
  }
  verdictTable(slides, {
    title,
    notes,
    rowHeight: ROW_HEIGHT,
    atOnce: LEVEL_ROWS,
    lines: items,
    columns: [
      { head: say('head.target'), width: 2.2 },
      { head: say('head.promise'), width: 1.7 },
      { head: say('head.in-time'), width: 1.35, align: 'right' },
      { head: say('head.share'), width: 0.85, align: 'right' },
      { head: say('head.verdict'), width: 2.25 },
      { head: say('head.near'), width: 0.9, align: 'right' },
      { head: say('head.open-breached'), width: 0.95, align: 'right' },
      { head: say('head.excluded'), width: 1.25, align: 'right' },
    ],
    cells: levelCells,
  })
}

function levelCells(level: Level): Cell[] {
  const faint = level.verdict === 'not-measured' ? { colour: colours.ink3 } : {}
  const said = {
    missed: { colour: colours.missText, bold: true },
    met: { colour: colours.metText },
    'met-by-allowance': { colour: colours.metText },
    'not-measured': faint,
  }[level.verdict]
  return [
    { text: level.name, bold: true },
    { text: level.promise },
    { text: level.inTime, ...faint },
    { text: level.share },
    { text: level.verdictText, ...said },
    { text: level.near },
    { text: level.openBreached },
    { text: level.excluded },
  ]
}

/** One slide for each missed target: its year on the left, what was late on the right. */
export function missedSlides(slides: Presentation, content: Content, { say }: Wording): void {
  for (const missed of content.missed.slice(0, MISSED_SLIDES)) {
    const { trend } = missed
    const page = slides.add({
      title: missed.title,
      notes: [missed.title, trend.change, missed.place ?? '', trend.alt, ...content.method].join('\n'),
    })
    const chartWidth = 6.4
    page.text(
      `${trend.name}: ${say('chart.caption')}`,
      { x: LEFT, y: page.top, w: chartWidth, h: 0.25 },
      { size: 13, colour: colours.ink2 },
    )
    page.chart(
      trendChart(trend, say, { fontSize: 12, large: true }),
      { x: LEFT, y: page.top + 0.3, w: chartWidth, h: 5.45 - page.top },
      trend.alt,
    )
    page.text(`${trend.inTime} (${trend.share})`, { x: LEFT, y: 5.87, w: chartWidth, h: 0.3 }, { size: 16, bold: true })
    page.text(
      `${capital(trend.change)}.`,
      { x: LEFT, y: 6.17, w: chartWidth, h: 0.42 },
      { size: 12, colour: colours.ink2 },
    )
    const x = LEFT + chartWidth + 0.45
    const w = WIDTH - chartWidth - 0.45
    let y = page.top
    if (missed.place !== null) {
      page.rule(x, y + 0.03, 0.44, { upright: true, colour: colours.ink, points: 2 })
      page.text(missed.place, { x: x + 0.15, y, w: w - 0.15, h: 0.5 }, { size: 14, bold: true, valign: 'middle' })
      y += 0.65
    }
    const rowHeight = 0.56
    const room = Math.floor((BOTTOM - 0.25 - y) / rowHeight)
    const shown = missed.cases.slice(0, room)
    const by = Math.min(
      w / 2,
      Math.max(0, ...shown.map((line) => widthOf(line.by, { size: 12, bold: true }))) / 72 + 0.05,
    )
    for (const line of shown) {
      page.rule(x, y, w)
      page.text(`${line.number}  ${line.title}`, { x, y: y + 0.07, w: w - by - 0.1, h: 0.21 }, { size: 12 })
      page.text(
        line.by,
        { x: x + w - by, y: y + 0.07, w: by, h: 0.21 },
        { size: 12, bold: true, colour: colours.missText, align: 'right' },
      )
      const where = [line.service, line.site].filter(Boolean).join(', ')
      page.text(
        [line.used, line.why, where].filter(Boolean).join(' · '),
        { x, y: y + 0.29, w, h: 0.19 },
        { size: 10.5, colour: colours.ink3 },
      )
      y += rowHeight
    }
    page.rule(x, y, w)
    const rest = missed.cases.length - shown.length + missed.more
    if (rest > 0)
      page.text(
        say(shown.length === 0 ? 'list.elsewhere' : 'list.more', { n: rest }),
        { x, y: y + 0.06, w, h: 0.2 },
        { size: 11, colour: colours.ink3 },
      )
  }
}

/** Lists of misses and near misses. */
export function missSlides(slides: Presentation, content: Content, wording: Wording): void {
  caseSlide(slides, content, { list: content.misses, colour: colours.missText, wording })
  caseSlide(slides, content, { list: content.near, colour: colours.soonText, wording })
}

function caseSlide(
  slides: Presentation,
  content: Content,
  { list, colour, wording: { say } }: { readonly list: CaseList; readonly colour: string; readonly wording: Wording },
): void {
  if (list.cases.length === 0) return
  const page = slides.add({ title: list.title, notes: content.method.join('\n') })
  // Of a miss why it was one says more than when it was due.
  const missed = list.cases === content.misses.cases
  const shown = list.cases.slice(0, missed ? MISS_ROWS : CASE_ROWS)
  const rowHeight = missed ? MISS_ROW_HEIGHT : ROW_HEIGHT
  page.table({
    x: LEFT,
    y: page.top,
    size: 11,
    rowHeight,
    lines: missed ? 2 : 1,
    columns: [
      { head: say('head.incident'), width: missed ? 1.05 : 1.3 },
      { head: say('head.title'), width: missed ? 2.6 : 3.2 },
      { head: say('head.metric'), width: 1.15 },
      { head: say('head.site'), width: missed ? 1.4 : 1.95 },
      missed ? { head: say('head.why'), width: 2.9 } : { head: say('head.due'), width: 1.4 },
      { head: say('head.ended'), width: missed ? 1.3 : 1.4 },
      { head: say(missed ? 'head.late' : 'head.left'), width: missed ? 1.35 : 1.25, align: 'right' },
    ],
    rows: shown.map((line) => caseCells(line, { colour, missed })),
  })
  const rest = list.cases.length - shown.length + list.more
  if (rest > 0)
    page.text(
      say('list.more', { n: rest }),
      { x: LEFT, y: page.top + HEAD_HEIGHT + rowHeight * shown.length + 0.08, w: WIDTH, h: 0.2 },
      { size: 11, colour: colours.ink3 },
    )
}

function caseCells(line: CaseLine, { colour, missed }: { readonly colour: string; readonly missed: boolean }): Cell[] {
  return [
    { text: line.number, bold: true },
    { text: line.title },
    { text: line.promise },
    { text: line.site },
    { text: missed ? line.why : line.due },
    { text: line.ended },
    { text: line.over, colour, bold: true },
  ]
}

function capital(sentence: string): string {
  return sentence.charAt(0).toUpperCase() + sentence.slice(1)
}
