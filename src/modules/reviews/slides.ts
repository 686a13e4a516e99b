import { colours } from '#platform/documents/house.ts'
import type { Letterhead } from '#platform/documents/letterhead.ts'
import {
  heightOf,
  type Presentation,
  presentation,
  type SlidePage,
  widthInInches,
} from '#platform/documents/presentation.ts'
import { linesOf } from '#platform/documents/text-width.ts'
import { chapters } from './chapter-list.ts'
import type { Content } from './content-shape.ts'
import type { OwnPart } from './layout.ts'
import { sectionSlides } from './slide-blocks.ts'
import { coverSlide } from './slide-cover.ts'
import { BOTTOM, LEFT, rail, WIDTH } from '#platform/documents/slide-frame.ts'
import { verdictMark } from './slide-frame.ts'
import { availabilitySlides } from './slides-availability.ts'
import { levelSlides, missedSlides, missSlides } from './slides-levels.ts'
import { trendSlides } from './slides-trends.ts'
import { ageSlide, reportedSlide, teamSlide, volumeSlide, whereSlide } from './slides-volumes.ts'
import type { Tone } from '#core/review-content.ts'
import type { Claim } from './story.ts'
import type { Wording } from './wording.ts'

const TITLE = { x: LEFT, y: 0.42, w: WIDTH, h: 0.84, size: 24 }
/** Of the foot: what is read there; the rest is for the data lock and the page. */
const RUNNING_SHARE = 0.55

const toneColours: Readonly<Record<Tone, string>> = {
  miss: colours.miss,
  soon: colours.soon,
  met: colours.met,
  plain: colours.ink3,
}
const toneMarks = { miss: 'square', soon: 'triangle', met: 'disc', plain: 'diamond' } as const

/** What the review itself tells in a chapter. */
const own: Readonly<Record<number, readonly (readonly [OwnPart, Draw])[]>> = {
  3: [
    ['levels', levelSlides],
    ['missed', missedSlides],
    ['trends', trendSlides],
    ['misses', missSlides],
    ['reported', reportedSlide],
  ],
  6: [['availability', availabilitySlides]],
  7: [
    ['volumes', volumeSlide],
    ['where', whereSlide],
    ['age', ageSlide],
  ],
  20: [['teams', teamSlide]],
}
type Draw = (slides: Presentation, content: Content, wording: Wording) => void

/** A review as slides that can be edited: native charts and tables, definitions in the speaker notes. */
export async function slidesOf(content: Content, wording: Wording, letterhead: Letterhead): Promise<Buffer> {
  const slides = presentation(
    {
      title: `${content.title}, ${content.customer}`,
      subject: content.running,
      author: content.provider,
      locale: content.locale,
      created: content.made,
    },
    TITLE,
    letterhead.slideMaster,
  )
  const has = (part: OwnPart) => content.layout.parts.has(part)
  if (has('cover')) coverSlide(slides, content, wording, letterhead)
  if (has('story')) storySlide(slides, content, wording)
  if (content.restatement.length > 0) restatementSlides(slides, content, wording)
  for (const { number } of chapters) {
    for (const [part, draw] of own[number] ?? []) if (has(part)) draw(slides, content, wording)
    for (const section of content.sections) if (section.number === number) sectionSlides(slides, section)
  }
  if (content.nothing !== null) slides.add({ title: content.nothing, notes: content.title })
  if (has('method')) methodSlide(slides, content, wording)
  return slides.finish((page, number, of) => frame(page, content, { number, of, wording, letterhead }))
}

interface Frame {
  readonly number: number
  readonly of: number
  readonly wording: Wording
  readonly letterhead: Letterhead
}

function frame(page: SlidePage, content: Content, { number, of, wording, letterhead }: Frame): void {
  const { slideMaster: master } = letterhead
  if (master === null) rail(page, number, of, letterhead.accent?.slice(1) ?? colours.ink)
  if (number === 1 && content.layout.parts.has('cover')) return
  const { x, w } = master?.foot ?? { x: LEFT, w: WIDTH }
  if (master === null) page.rule(x, 6.88, w)
  const small = { size: 10, colour: colours.ink3 }
  const left = w * RUNNING_SHARE
  page.text(content.running, { x, y: 6.97, w: left - 0.1, h: 0.22 }, small)
  const right = `${content.locked} · ${wording.say('document.page', { page: number, pages: of })}`
  page.text(right, { x: x + left, y: 6.97, w: w - left, h: 0.22 }, { ...small, align: 'right' })
  if (content.internal !== null)
    page.text(
      content.internal,
      { x: LEFT, y: 0.16, w: WIDTH, h: 0.22 },
      { ...small, colour: colours.missText, bold: true },
    )
}

/** What changed against the version before, and why: on as many slides as it takes, since the why comes last. */
function restatementSlides(slides: Presentation, { restatement }: Content, { say }: Wording): void {
  const style = { size: 13 }
  const add = () => slides.add({ title: say('section.restatement'), notes: restatement.join('\n') })
  let page = add()
  let y = page.top
  for (const sentence of restatement) {
    const lines = linesOf(sentence, { width: WIDTH * SAFE_WIDTH * POINTS_PER_INCH, ...style }).length
    const height = heightOf(Math.min(lines, RESTATED_LINES), style.size) + 0.05
    if (y + height + 2 * RESTATED_GAP > BOTTOM) {
      page = add()
      y = page.top
    }
    page.rule(LEFT, y, WIDTH)
    page.text(sentence, { x: LEFT, y: y + RESTATED_GAP, w: WIDTH, h: height }, style)
    y += height + 2 * RESTATED_GAP
  }
}

const RESTATED_GAP = 0.08
/** Of one sentence. */
const RESTATED_LINES = 6
/** A line that is fuller may break in another program, whose letters are a little wider. */
const SAFE_WIDTH = 0.95
const POINTS_PER_INCH = 72

/** Claims on the left, each with what shows it; every target's result on the right. */
function storySlide(slides: Presentation, content: Content, { say }: Wording): void {
  const { story, levels } = content
  const notes = [
    story.headline,
    ...story.claims.map(({ text, evidence, figure, felt }) =>
      [text, ...evidence, figure, felt.kind === 'said' ? felt.text : felt.why].join('. '),
    ),
    ...(story.ask === null ? [] : [story.ask]),
    story.perception.text,
    story.perception.why,
  ]
  const page = slides.add({ title: story.headline, notes: notes.join('\n') })
  const rightWidth = levels.items.length === 0 ? 0 : 3.35
  const left = WIDTH - (rightWidth === 0 ? 0 : rightWidth + 0.45)
  const end = story.ask === null ? PERCEPTION_Y : PERCEPTION_Y - 0.35
  const layouts = story.claims.map((claim) => claimLayout(claim, left, 1))
  // Evidence takes a second line where there is room, the first claims first.
  for (const [index, claim] of story.claims.entries()) {
    const taller = claimLayout(claim, left, 2)
    const others = layouts.reduce((sum, { height }, at) => (at === index ? sum : sum + height), page.top)
    if (others + taller.height <= end) layouts[index] = taller
  }
  let y = page.top
  for (const layout of layouts) {
    if (y + layout.height > end) break
    claimBlock(page, layout, { x: LEFT, y, w: left })
    y += layout.height
  }
  if (story.ask !== null) {
    const asked = `${say('story.ask')}: ${story.ask}`
    page.text(asked, { x: LEFT, y: PERCEPTION_Y - 0.3, w: left, h: 0.24 }, { size: 13, bold: true })
  }
  page.rule(LEFT, PERCEPTION_Y, left)
  page.rule(LEFT, PERCEPTION_Y + 0.12, 0.5, { upright: true, colour: colours.felt, points: 2 })
  page.text(
    story.perception.text,
    { x: LEFT + 0.22, y: PERCEPTION_Y + 0.1, w: left - 0.22, h: 0.25 },
    { size: 13, bold: true, colour: colours.feltText },
  )
  page.text(
    story.perception.why,
    { x: LEFT + 0.22, y: PERCEPTION_Y + 0.36, w: left - 0.22, h: 0.38 },
    { size: 11, colour: colours.ink2 },
  )
  if (rightWidth > 0) verdictColumn(page, content, { x: LEFT + left + 0.45, w: rightWidth, say })
}

const PERCEPTION_Y = 5.98
const CLAIM_SIZE = 14
const EVIDENCE_SIZE = 11.5
const INDENT = 0.3
/** Where it is said which figure a claim stands on. */
const FIGURE_WIDTH = 2.4

interface ClaimLayout {
  readonly claim: Claim
  readonly evidence: string
  readonly textHeight: number
  readonly evidenceHeight: number
  readonly height: number
}

/** How a claim stands in a column of `width` inches: at most two lines, and as many of what shows it. */
function claimLayout(claim: Claim, width: number, evidenceLines: number): ClaimLayout {
  const linesIn = (inches: number, text: string, size: number, bold = false) =>
    linesOf(text, { width: inches * 72, size, bold }).length
  const evidence = [...claim.evidence, ...(claim.felt.kind === 'said' ? [claim.felt.text] : [])].join(' · ')
  const textHeight = heightOf(Math.min(2, linesIn(width - INDENT, claim.text, CLAIM_SIZE, true)), CLAIM_SIZE)
  const lines = Math.max(1, Math.min(evidenceLines, linesIn(width - INDENT - FIGURE_WIDTH, evidence, EVIDENCE_SIZE)))
  const evidenceHeight = heightOf(lines, EVIDENCE_SIZE)
  return { claim, evidence, textHeight, evidenceHeight, height: textHeight + evidenceHeight + 0.26 }
}

function claimBlock(
  page: SlidePage,
  { claim, evidence, textHeight, evidenceHeight }: ClaimLayout,
  { x, y, w }: { readonly x: number; readonly y: number; readonly w: number },
): void {
  page.rule(x, y, w)
  page.mark(toneMarks[claim.tone], { x, y: y + 0.15, w: 0.14, h: 0.14 }, toneColours[claim.tone])
  page.text(
    claim.text,
    { x: x + INDENT, y: y + 0.09, w: w - INDENT, h: textHeight + 0.01 },
    { size: CLAIM_SIZE, bold: true },
  )
  const below = { y: y + 0.12 + textHeight, h: evidenceHeight + 0.01 }
  page.text(
    evidence,
    { ...below, x: x + INDENT, w: w - INDENT - FIGURE_WIDTH },
    { size: EVIDENCE_SIZE, colour: colours.ink2 },
  )
  page.text(
    claim.figure,
    { ...below, x: x + w - FIGURE_WIDTH + 0.1, w: FIGURE_WIDTH - 0.1 },
    { size: EVIDENCE_SIZE, colour: colours.ink3, align: 'right' },
  )
}

function verdictColumn(
  page: SlidePage,
  { levels }: Content,
  { x, w, say }: { readonly x: number; readonly w: number; readonly say: Wording['say'] },
): void {
  page.text(say('section.targets'), { x, y: page.top, w, h: 0.3 }, { size: 14.5, bold: true })
  const rowHeight = 0.47
  const room = Math.floor((BOTTOM - page.top - 0.4) / rowHeight)
  const shown = levels.items.length > room ? levels.items.slice(0, room - 1) : levels.items
  let y = page.top + 0.36
  for (const level of shown) {
    page.rule(x, y, w)
    verdictMark(page, level.verdict, x, y + 0.12)
    const measured = level.verdict !== 'not-measured'
    const countWidth = measured ? widthInInches(level.inTime, { size: 12 }) + 0.05 : 0
    page.text(level.name, { x: x + 0.26, y: y + 0.06, w: w - 0.32 - countWidth, h: 0.2 }, { size: 12, bold: true })
    if (measured)
      page.text(level.inTime, { x: x + w - 1.33, y: y + 0.06, w: 1.33, h: 0.2 }, { size: 12, align: 'right' })
    page.text(
      `${measured ? level.verdictText : level.inTime}, ${level.promise}`,
      { x: x + 0.26, y: y + 0.25, w: w - 0.26, h: 0.18 },
      { size: 10, colour: colours.ink3 },
    )
    y += rowHeight
  }
  if (shown.length < levels.items.length)
    page.text(
      say('cover.agreements-more', { more: levels.items.length - shown.length }),
      { x, y: y + 0.06, w, h: 0.2 },
      { size: 11, colour: colours.ink3 },
    )
}

function methodSlide(slides: Presentation, content: Content, { say }: Wording): void {
  const page = slides.add({ title: say('section.method'), notes: content.method.join('\n') })
  const size = 12
  const columnWidth = (WIDTH - 0.5) / 2
  const half = Math.ceil(content.method.length / 2)
  for (const [column, sentences] of [content.method.slice(0, half), content.method.slice(half)].entries()) {
    const x = LEFT + column * (columnWidth + 0.5)
    let y = page.top
    for (const sentence of sentences) {
      const lines = linesOf(sentence, { width: columnWidth * 72, size }).length
      const height = heightOf(lines, size)
      page.rule(x, y, columnWidth)
      page.text(sentence, { x, y: y + 0.07, w: columnWidth, h: height + 0.01 }, { size })
      y += height + 0.2
    }
  }
}
