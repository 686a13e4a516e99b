import type { Chart } from '#platform/documents/chart.ts'
import { colours } from '#platform/documents/house.ts'
import { type Cell, HEAD_HEIGHT, type Presentation, type SlidePage } from '#platform/documents/presentation.ts'
import type { CaseLine, CaseList, Content, Level, TrendPicture } from './content-shape.ts'
import { BOTTOM, LEFT, verdictMark, WIDTH } from './slide-frame.ts'
import type { Wording } from './wording.ts'

const ROW_HEIGHT = 0.37
const LEVEL_ROWS = 12
const CASE_ROWS = 12
/** Slides of missed targets, of trends and of lists: further ones are in the pages and the workbook. */
const MISSED_SLIDES = 3
const TREND_SLIDES = 2
const TRENDS_PER_SLIDE = 6

/** Every target with its figures. */
export function levelSlides(slides: Presentation, content: Content, { say }: Wording): void {
  const { title, items } = content.levels
  const notes = content.method.join('\n')
  if (items.length === 0) {
    if (content.notes.length === 0) return
    const page = slides.add({ title, notes })
    page.text(content.notes.join('\n'), { x: LEFT, y: page.top, w: WIDTH, h: 1 }, { size: 16, colour: colours.ink2 })
    return
  }
  for (let from = 0; from < items.length; from += LEVEL_ROWS) {
    const shown = items.slice(from, from + LEVEL_ROWS)
    const page = slides.add({ title, notes })
    page.table({
      x: LEFT,
      y: page.top,
      size: 12,
      rowHeight: ROW_HEIGHT,
      columns: [
        { head: '', width: 0.3 },
        { head: say('head.target'), width: 1.8 },
        { head: say('head.promise'), width: 1.65 },
        { head: say('head.in-time'), width: 1.75, align: 'right' },
        { head: say('head.share'), width: 0.85, align: 'right' },
        { head: say('head.verdict'), width: 2.15 },
        { head: say('head.near'), width: 0.95, align: 'right' },
        { head: say('head.open-breached'), width: 1, align: 'right' },
        { head: say('head.excluded'), width: 1.3, align: 'right' },
      ],
      rows: shown.map(levelCells),
    })
    for (const [index, level] of shown.entries()) verdictMark(page, level.verdict, LEFT + 0.08, page.top + HEAD_HEIGHT + ROW_HEIGHT * index + 0.115)
  }
}

function levelCells(level: Level): Cell[] {
  const missed = level.verdict === 'missed'
  const wash = missed ? { wash: colours.missWash } : {}
  const faint = level.verdict === 'not-measured' ? { colour: colours.ink3 } : {}
  const said = missed ? { colour: colours.missText, bold: true } : level.verdict === 'not-measured' ? faint : { colour: colours.metText }
  return [
    { text: '', ...wash },
    { text: level.name, bold: true, ...wash },
    { text: level.promise, ...wash },
    { text: level.inTime, ...faint, ...wash },
    { text: level.share, ...wash },
    { text: level.verdictText, ...said, ...wash },
    { text: level.near, ...wash },
    { text: level.openBreached, ...wash },
    { text: level.excluded, ...wash },
  ]
}

/** One slide for each missed target: its year on the left, what was late on the right. */
export function missedSlides(slides: Presentation, content: Content, { say }: Wording): void {
  for (const missed of content.missed.slice(0, MISSED_SLIDES)) {
    const { trend } = missed
    const page = slides.add({ title: missed.title, notes: [missed.title, trend.change, missed.place ?? '', trend.alt, ...content.method].join('\n') })
    const chartWidth = 6.4
    page.text(`${trend.name}: ${say('chart.caption')}`, { x: LEFT, y: page.top, w: chartWidth, h: 0.25 }, { size: 13, colour: colours.ink2 })
    page.chart(trendChart(trend, say, { fontSize: 12, large: true }), { x: LEFT, y: page.top + 0.3, w: chartWidth, h: 5.45 - page.top }, trend.alt)
    page.text(`${trend.inTime} (${trend.share})`, { x: LEFT, y: 5.87, w: chartWidth, h: 0.3 }, { size: 16, bold: true })
    page.text(`${capital(trend.change)}.`, { x: LEFT, y: 6.17, w: chartWidth, h: 0.42 }, { size: 12, colour: colours.ink2 })
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
    for (const line of missed.cases.slice(0, room)) {
      page.rule(x, y, w)
      page.text(`${line.number}  ${line.title}`, { x, y: y + 0.07, w: w - 2.1, h: 0.21 }, { size: 12 })
      page.text(line.by, { x: x + w - 2.05, y: y + 0.07, w: 2.05, h: 0.21 }, { size: 12, bold: true, colour: colours.missText, align: 'right' })
      const where = [line.service, line.site].filter(Boolean).join(', ')
      page.text([where, line.used].filter(Boolean).join(' · '), { x, y: y + 0.29, w, h: 0.19 }, { size: 10.5, colour: colours.ink3 })
      y += rowHeight
    }
    page.rule(x, y, w)
    const rest = Math.max(0, missed.cases.length - room) + missed.more
    if (rest > 0) page.text(say('list.more', { n: rest }), { x, y: y + 0.06, w, h: 0.2 }, { size: 11, colour: colours.ink3 })
  }
}

/** All targets' months, six to a slide. */
export function trendSlides(slides: Presentation, content: Content, { say }: Wording): void {
  const { title, items } = content.trends
  const most = TREND_SLIDES * TRENDS_PER_SLIDE
  // As many on each slide as on the others.
  const perSlide = Math.ceil(Math.min(items.length, most) / Math.ceil(Math.min(items.length, most) / TRENDS_PER_SLIDE))
  for (let from = 0; from < Math.min(items.length, most); from += perSlide) {
    const shown = items.slice(from, Math.min(from + perSlide, most))
    const page = slides.add({ title, notes: shown.map((each) => `${each.alt} ${each.change}`).join('\n') })
    const columns = shown.length <= 4 ? 2 : 3
    const gap = 0.4
    const w = (WIDTH - gap * (columns - 1)) / columns
    const h = (BOTTOM - page.top - 0.25) / 2
    for (const [index, trend] of shown.entries()) {
      const x = LEFT + (index % columns) * (w + gap)
      const y = page.top + Math.floor(index / columns) * (h + 0.1)
      trendPanel(page, trend, { x, y, w, h, say })
    }
    const rest = items.length - most
    if (rest > 0 && from + perSlide >= most) page.text(say('list.more', { n: rest }), { x: LEFT, y: BOTTOM - 0.1, w: WIDTH, h: 0.2 }, { size: 11, colour: colours.ink3 })
  }
}

function trendPanel(page: SlidePage, trend: TrendPicture, { x, y, w, h, say }: { readonly x: number; readonly y: number; readonly w: number; readonly h: number; readonly say: Wording['say'] }): void {
  page.rule(x, y, w, { colour: colours.edge })
  const colour = trend.verdict === 'missed' ? colours.missText : trend.verdict === 'not-measured' ? colours.ink3 : colours.metText
  page.text(trend.name, { x, y: y + 0.08, w: w * 0.37, h: 0.23 }, { size: 13, bold: true })
  verdictMark(page, trend.verdict, x + w * 0.38, y + 0.125)
  page.text(trend.verdictText, { x: x + w * 0.38 + 0.2, y: y + 0.08, w: w * 0.62 - 0.2, h: 0.23 }, { size: 11.5, colour, bold: trend.verdict === 'missed' })
  page.line(
    [
      { text: trend.inTime, size: 18, bold: true },
      { text: trend.share, size: 12, colour: colours.ink2 },
    ],
    { x, y: y + 0.31, w, h: 0.34 },
  )
  page.chart(trendChart(trend, say, { fontSize: 10, large: false }), { x, y: y + 0.64, w, h: h - 1.2 }, trend.alt)
  const ends = { y: y + h - 0.57, w: 0.8, h: 0.18 }
  const plot = (w * (1 - SMALL_ROOM.left - SMALL_ROOM.right)) / trend.months.length
  const targetY = y + 0.64 + (h - 1.2) * plotShare(trend)
  page.text(trend.targetLabel, { x: x + w * (1 - SMALL_ROOM.right) + 0.08, y: targetY - 0.1, w: w * SMALL_ROOM.right - 0.08, h: 0.2 }, { size: 10.5, valign: 'middle' })
  page.text(trend.months[0] ?? '', { ...ends, x: x + w * SMALL_ROOM.left }, { size: 9.5, colour: colours.ink3 })
  page.text(trend.months.at(-1) ?? '', { ...ends, x: x + w * (1 - SMALL_ROOM.right) - plot / 2 - ends.w / 2 }, { size: 9.5, colour: colours.ink3, align: 'center' })
  page.text(trend.change, { x, y: y + h - 0.37, w, h: 0.34 }, { size: 10, colour: colours.ink3 })
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
  const shown = list.cases.slice(0, CASE_ROWS)
  page.table({
    x: LEFT,
    y: page.top,
    size: 11,
    rowHeight: ROW_HEIGHT,
    columns: [
      { head: say('head.incident'), width: 1.3 },
      { head: say('head.title'), width: 3.2 },
      { head: say('head.metric'), width: 1.15 },
      { head: say('head.site'), width: 1.95 },
      { head: say('head.due'), width: 1.4 },
      { head: say('head.ended'), width: 1.4 },
      { head: list.cases === content.misses.cases ? say('head.late') : say('head.left'), width: 1.25, align: 'right' },
    ],
    rows: shown.map((line) => caseCells(line, colour)),
  })
  const rest = list.cases.length - shown.length + list.more
  if (rest > 0) page.text(say('list.more', { n: rest }), { x: LEFT, y: page.top + HEAD_HEIGHT + ROW_HEIGHT * shown.length + 0.08, w: WIDTH, h: 0.2 }, { size: 11, colour: colours.ink3 })
}

function caseCells(line: CaseLine, colour: string): Cell[] {
  return [
    { text: line.number, bold: true },
    { text: line.title },
    { text: line.promise },
    { text: line.site },
    { text: line.due },
    { text: line.ended },
    { text: line.over, colour, bold: true },
  ]
}

/** What the picture of a target's months reaches over, in percent. */
function scaleOf({ values, target, limits }: TrendPicture): { readonly min: number; readonly max: number } {
  const known = [...values.filter((value) => value !== null), target, ...(limits === null ? [] : [limits.lower, limits.upper])]
  const least = Math.min(...known)
  const most = Math.max(...known)
  const pad = Math.max(0.5, (most - least) * 0.12)
  return { min: Math.floor((least - pad) * 10) / 10, max: Math.ceil((most + pad) * 10) / 10 }
}

/** How far down a small picture its target is drawn, as a share of its height. */
function plotShare(trend: TrendPicture): number {
  const { min, max } = scaleOf(trend)
  return SMALL_ROOM.top + (1 - SMALL_ROOM.top - SMALL_ROOM.bottom) * ((max - trend.target) / (max - min))
}

/** Around the plot, as shares of the whole: on the right stands what the target is. */
const LARGE_ROOM = { left: 0.02, right: 0.2, top: 0.06, bottom: 0.12 }
const SMALL_ROOM = { left: 0.01, right: 0.27, top: 0.06, bottom: 0.04 }

/** A target's months: what was in time, what was promised, and between which limits it usually is. */
function trendChart(trend: TrendPicture, say: Wording['say'], { fontSize, large }: { readonly fontSize: number; readonly large: boolean }): Chart {
  const { values, target, limits, months } = trend
  const last = months.length - 1
  const { min, max } = scaleOf(trend)
  const flat = (value: number) => months.map(() => value)
  const symbol = trend.moved === 'lower' ? 'square' : trend.moved === 'higher' ? 'diamond' : 'circle'
  const colour = trend.moved === 'lower' ? colours.miss : trend.moved === 'higher' ? colours.met : colours.ink
  const limitSeries = (value: number, name: string, labelled: 'above' | 'below') => ({
    name,
    values: flat(value),
    kind: 'line' as const,
    colour: colours.edge,
    width: 0.75,
    dashed: true,
    valueAt: large ? [0] : [],
    labelled,
  })
  return {
    categories: months,
    format: '0.0"\u00a0%"',
    min,
    max,
    categoryLabels: large ? 'all' : 'none',
    fontSize,
    room: large ? LARGE_ROOM : SMALL_ROOM,
    series: [
      ...(limits === null ? [] : [limitSeries(limits.lower, say('chart.lower'), 'below'), limitSeries(limits.upper, say('chart.upper'), 'above')]),
      { name: trend.targetLabel, values: flat(target), kind: 'line', colour: colours.ink, width: 1.5, ...(large ? { nameAt: last } : {}) },
      {
        name: say('chart.in-time'),
        values,
        kind: 'line',
        colour: colours.ink2,
        width: 1.25,
        points: { symbol: 'circle', size: 4 },
      },
      { name: say('chart.last'), values: values.map((value, index) => (index === last ? value : null)), kind: 'line', colour, width: 0, points: { symbol, size: large ? 11 : 9 } },
    ],
  }
}

function capital(sentence: string): string {
  return sentence.charAt(0).toUpperCase() + sentence.slice(1)
}
