import type { Chart } from '#platform/documents/chart.ts'
import { colours } from '#platform/documents/house.ts'
import { HEAD_HEIGHT, type Place, type Presentation, type SlidePage } from '#platform/documents/presentation.ts'
import { fitted } from '#platform/documents/text-width.ts'
import type { Bars, Content } from './content-shape.ts'
import { BOTTOM, LEFT, WIDTH } from '#platform/documents/slide-frame.ts'
import { columnWidths } from './slide-tables.ts'
import type { Wording } from './wording.ts'

const TEAM_ROWS = 12

/** What came, what went and what stayed, over the months. */
export function volumeSlide(slides: Presentation, content: Content, { say }: Wording): void {
  const { volumes } = content
  if ([...volumes.opened, ...volumes.resolved, ...volumes.backlog].every((value) => value === 0)) return
  const page = slides.add({
    title: volumes.title,
    notes: [volumes.title, ...volumes.evidence, volumes.alt, ...content.method].join('\n'),
  })
  const chartWidth = 8
  page.text(
    say('chart.volumes-caption'),
    { x: LEFT, y: page.top, w: chartWidth, h: 0.25 },
    { size: 13, colour: colours.ink2 },
  )
  const keys = [
    { text: say('head.opened'), colour: colours.ink2 },
    { text: say('head.resolved'), colour: colours.muted },
    { text: say('head.backlog'), colour: colours.soon },
  ]
  for (const [index, { text, colour }] of keys.entries()) {
    const x = LEFT + index * 1.5
    page.mark('square', { x, y: page.top + 0.36, w: 0.13, h: 0.13 }, colour)
    page.text(text, { x: x + 0.2, y: page.top + 0.32, w: 1.2, h: 0.21 }, { size: 12, colour: colours.ink2 })
  }
  page.chart(volumeChart(content, say), { x: LEFT, y: page.top + 0.6, w: chartWidth, h: 5.45 - page.top }, volumes.alt)
  page.text(
    volumes.evidence.map((sentence) => `${sentence}.`).join(' '),
    { x: LEFT, y: 6.15, w: chartWidth, h: 0.45 },
    { size: 12, colour: colours.ink2 },
  )
  if (volumes.byPriority.length === 0) return
  const x = LEFT + chartWidth + 0.4
  page.table({
    x,
    y: page.top,
    size: 12,
    rowHeight: 0.4,
    columns: columnWidths(
      [
        { head: say('head.priority'), weight: 0.75, texts: [] },
        ...(['opened', 'resolved', 'backlog'] as const).map((key) => ({
          head: say(`head.${key}`),
          weight: 0.85,
          align: 'right' as const,
          texts: volumes.byPriority.map((row) => row[key]),
        })),
      ],
      { size: 12, width: WIDTH - chartWidth - 0.4 },
    ),
    rows: volumes.byPriority.map(({ name, opened, resolved, backlog }) => [
      { text: name, bold: true },
      { text: opened },
      { text: resolved },
      { text: backlog },
    ]),
  })
}

function volumeChart({ volumes }: Content, say: Wording['say']): Chart {
  const most = Math.max(1, ...volumes.opened, ...volumes.resolved, ...volumes.backlog)
  return {
    categories: volumes.months,
    format: '#,##0',
    min: 0,
    max: most * 1.12,
    categoryLabels: 'all',
    fontSize: 11,
    room: { left: 0.01, right: 0.01, top: 0.04, bottom: 0.13 },
    series: [
      { name: say('head.opened'), values: volumes.opened, kind: 'bars', colour: colours.ink2 },
      { name: say('head.resolved'), values: volumes.resolved, kind: 'bars', colour: colours.muted },
      {
        name: say('head.backlog'),
        values: volumes.backlog,
        kind: 'line',
        colour: colours.soon,
        width: 2,
        points: { symbol: 'circle', size: 5 },
      },
    ],
  }
}

/** Services and sites by what was opened. */
export function whereSlide(slides: Presentation, content: Content, wording: Wording): void {
  const { title, services, sites } = content.where
  if (services.values.length + sites.values.length === 0) return
  const page = slides.add({ title, notes: [title, services.alt, sites.alt].join('\n') })
  const w = (WIDTH - 0.6) / 2
  const place = { y: page.top, w, h: BOTTOM - page.top }
  barPanel(page, services, { place: { ...place, x: LEFT }, wording })
  barPanel(page, sites, { place: { ...place, x: LEFT + w + 0.6 }, wording })
}

/** How long the open incidents have been open. */
export function ageSlide(slides: Presentation, content: Content, wording: Wording): void {
  const { title, evidence, bars } = content.age
  if (bars.values.every((value) => value === 0)) return
  const page = slides.add({ title, notes: [title, evidence ?? '', bars.alt].join('\n') })
  barPanel(page, bars, { place: { x: LEFT, y: page.top, w: 7.6, h: 4.2 }, wording })
  if (evidence === null) return
  const x = LEFT + 8.2
  page.rule(x, page.top + 0.4, 1, { upright: true, colour: colours.ink, points: 2 })
  page.text(
    `${evidence}.`,
    { x: x + 0.2, y: page.top + 0.35, w: WIDTH - 8.4, h: 1.1 },
    { size: 18, bold: true, valign: 'middle' },
  )
}

function barPanel(
  page: SlidePage,
  bars: Bars,
  { place, wording: { say, number } }: { readonly place: Place; readonly wording: Wording },
): void {
  const { x, y, w, h } = place
  page.text(bars.caption, { x, y, w, h: 0.25 }, { size: 13, colour: colours.ink2 })
  if (bars.values.length === 0) return
  const height = Math.min(h - 0.7, 0.36 + bars.values.length * 0.5)
  const names = 0.42
  page.chart(barChart(bars, names, w), { x, y: y + 0.3, w, h: height }, bars.alt)
  if (bars.others !== null) {
    const others = `${say('list.others', { n: bars.others.names })}: ${number(bars.others.sum)}`
    page.text(
      others,
      { x: x + w * names + 0.08, y: y + 0.36 + height, w: w * (1 - names), h: 0.22 },
      { size: 11, colour: colours.ink3 },
    )
  }
}

/** @param names Share of the width that names may take; in inches it is measured of `width`. */
function barChart({ caption, names: categories, values }: Bars, names: number, width: number): Chart {
  const room = (width * names - 0.15) * 72
  return {
    categories: categories.map((name) => fitted(name, { width: room, size: 11, lines: 1 })),
    format: '#,##0',
    min: 0,
    max: Math.max(1, ...values) * 1.15,
    lying: true,
    categoryLabels: 'all',
    fontSize: 11,
    room: { left: names, right: 0.02, top: 0.02, bottom: 0.02 },
    series: [{ name: caption, values, kind: 'bars', colour: colours.ink2, valueAt: values.map((_, index) => index) }],
  }
}

/** What the source system said of itself, beside our verdict. */
export function reportedSlide(slides: Presentation, content: Content, { say }: Wording): void {
  if (content.reported === null) return
  const { title, why, rows } = content.reported
  const page = slides.add({ title, notes: [title, why].join('\n') })
  const rowHeight = 0.45
  page.table({
    x: LEFT,
    y: page.top,
    size: 14,
    rowHeight,
    columns: [
      { head: say('section.reported'), width: 6 },
      { head: say('head.incidents'), width: 1.5, align: 'right' },
    ],
    rows: rows.map(({ name, value }) => [{ text: name }, { text: value, bold: true }]),
  })
  const y = page.top + HEAD_HEIGHT + rows.length * rowHeight + 0.3
  page.text(why, { x: LEFT, y, w: 9, h: 1 }, { size: 14, colour: colours.ink2 })
}

/** Who held what was missed; in the internal edition only. */
export function teamSlide(slides: Presentation, { teams }: Content, { say }: Wording): void {
  if (teams === null || teams.rows.length === 0) return
  const page = slides.add({ title: teams.title, notes: teams.title })
  page.table({
    x: LEFT,
    y: page.top,
    size: 12,
    rowHeight: 0.37,
    columns: [
      { head: say('head.team'), width: 5 },
      { head: say('head.resolved'), width: 1.3, align: 'right' },
      { head: say('head.failed'), width: 1.3, align: 'right' },
    ],
    rows: teams.rows
      .slice(0, TEAM_ROWS)
      .map(({ name, resolved, missed }) => [{ text: name, bold: true }, { text: resolved }, { text: missed }]),
  })
}
