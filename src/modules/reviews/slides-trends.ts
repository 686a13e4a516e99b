import type { Chart } from '#platform/documents/chart.ts'
import { colours } from '#platform/documents/house.ts'
import { type Presentation, type SlidePage, widthInInches } from '#platform/documents/presentation.ts'
import type { Content, TrendPicture } from './content-shape.ts'
import { BOTTOM, LEFT, WIDTH } from '#platform/documents/slide-frame.ts'
import { sizeFor, verdictMark } from './slide-frame.ts'
import type { Wording } from './wording.ts'

/** Slides of trends: further ones are in the pages and the workbook. */
const TREND_SLIDES = 2
const TRENDS_PER_SLIDE = 6

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
    if (rest > 0 && from + perSlide >= most)
      page.text(
        say('list.more', { n: rest }),
        { x: LEFT, y: BOTTOM - 0.1, w: WIDTH, h: 0.2 },
        { size: 11, colour: colours.ink3 },
      )
  }
}

function trendPanel(
  page: SlidePage,
  trend: TrendPicture,
  {
    x,
    y,
    w,
    h,
    say,
  }: { readonly x: number; readonly y: number; readonly w: number; readonly h: number; readonly say: Wording['say'] },
): void {
  page.rule(x, y, w, { colour: colours.edge })
  const colour =
    trend.verdict === 'missed' ? colours.missText : trend.verdict === 'not-measured' ? colours.ink3 : colours.metText
  // What it is called needs most of the room: agreements that differ in their last word shall do so here too.
  const verdict = { size: 11.5, bold: trend.verdict === 'missed' }
  const verdictWidth = Math.min(w * 0.55, widthInInches(trend.verdictText, verdict) + 0.08)
  const markX = x + w - verdictWidth - 0.2
  const nameWidth = markX - x - 0.1
  page.text(trend.name, { x, y: y + 0.08, w: nameWidth, h: 0.23 }, { size: sizeFor(trend.name, nameWidth), bold: true })
  verdictMark(page, trend.verdict, markX, y + 0.125)
  page.text(trend.verdictText, { x: markX + 0.2, y: y + 0.08, w: verdictWidth, h: 0.23 }, { ...verdict, colour })
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
  page.text(
    trend.targetLabel,
    { x: x + w * (1 - SMALL_ROOM.right) + 0.08, y: targetY - 0.1, w: w * SMALL_ROOM.right - 0.08, h: 0.2 },
    { size: 10.5, valign: 'middle' },
  )
  page.text(trend.months[0] ?? '', { ...ends, x: x + w * SMALL_ROOM.left }, { size: 9.5, colour: colours.ink3 })
  page.text(
    trend.months.at(-1) ?? '',
    { ...ends, x: x + w * (1 - SMALL_ROOM.right) - plot / 2 - ends.w / 2 },
    { size: 9.5, colour: colours.ink3, align: 'center' },
  )
  page.text(trend.change, { x, y: y + h - 0.37, w, h: 0.34 }, { size: 10, colour: colours.ink3 })
}

/** What the picture of a target's months reaches over, in percent. */
function scaleOf({ values, target, limits }: TrendPicture): { readonly min: number; readonly max: number } {
  const known = [
    ...values.filter((value) => value !== null),
    target,
    ...(limits === null ? [] : [limits.lower, limits.upper]),
  ]
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
export function trendChart(
  trend: TrendPicture,
  say: Wording['say'],
  { fontSize, large }: { readonly fontSize: number; readonly large: boolean },
): Chart {
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
      ...(limits === null
        ? []
        : [
            limitSeries(limits.lower, say('chart.lower'), 'below'),
            limitSeries(limits.upper, say('chart.upper'), 'above'),
          ]),
      {
        name: trend.targetLabel,
        values: flat(target),
        kind: 'line',
        colour: colours.ink,
        width: 1.5,
        ...(large ? { nameAt: last } : {}),
      },
      {
        name: say('chart.in-time'),
        values,
        kind: 'line',
        colour: colours.ink2,
        width: 1.25,
        points: { symbol: 'circle', size: 4 },
      },
      {
        name: say('chart.last'),
        values: values.map((value, index) => (index === last ? value : null)),
        kind: 'line',
        colour,
        width: 0,
        points: { symbol, size: large ? 11 : 9 },
      },
    ],
  }
}
