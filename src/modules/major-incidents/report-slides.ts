import type { Language } from '#core/text.ts'
import type { Context } from '#platform/context.ts'
import { colours } from '#platform/documents/house.ts'
import { type Letterhead, readLetterhead } from '#platform/documents/letterhead.ts'
import { heightOf, type Presentation, presentation, type SlidePage } from '#platform/documents/presentation.ts'
import { BOTTOM, FOOT_Y, LEFT, rail, WIDTH } from '#platform/documents/slide-frame.ts'
import { linesOf } from '#platform/documents/text-width.ts'
import type { FileReply } from '#platform/http.ts'
import { type FullReport, fullReport, type ReportPart } from './full-report.ts'
import type { ReportLine } from './report-timeline.ts'
import type { Edition } from './report-parts.ts'
import { readReportFacts } from './report-query.ts'
import { type ReportVoice, voiceIn } from './report-words.ts'

/** Inches; points for text. */
const TITLE = { x: LEFT, y: 0.42, w: WIDTH, h: 0.84, size: 24 }
const SIZE = 14
const HEADING_SIZE = 16
const NAME_WIDTH = 3
const AT_WIDTH = 2
const WHO_WIDTH = 2.2
const GAP = 0.08
/** A line that is fuller may break in another program, whose letters are a little wider. */
const SAFE_WIDTH = 0.95
const POINTS_PER_INCH = 72
/** Of one fact, and of one stretch of what somebody wrote: the rest of that goes on below. */
const FACT_LINES = 8
const TEXT_LINES = 12

const TYPE = 'application/vnd.openxmlformats-officedocument.presentationml.presentation'

interface Piece {
  readonly height: number
  readonly draw: (page: SlidePage, y: number) => void
}

/** The full report as slides that can be edited, section by section; what nobody wrote yet is named at the end. */
export async function reportSlides(
  context: Context,
  { id, lang, edition }: { readonly id: string; readonly lang: Language | undefined; readonly edition: Edition },
): Promise<FileReply> {
  const language = lang ?? context.actor.language
  const facts = await readReportFacts(context, id, language)
  const voice = voiceIn(language, facts.timeZone, facts.now)
  const telling = { voice, language, edition, now: facts.now }
  const file = await slidesOf(fullReport(facts, language, edition), await readLetterhead(context.db), telling)
  return { file, type: TYPE, name: `${voice.say('file')}-${facts.number}-${edition}-${language}.pptx` }
}

interface Telling {
  readonly voice: ReportVoice
  readonly language: Language
  readonly edition: Edition
  readonly now: Date
}

async function slidesOf(
  report: FullReport,
  letterhead: Letterhead,
  { voice, language, edition, now }: Telling,
): Promise<Buffer> {
  const { say, moment } = voice
  const { slideMaster: master, accent, provider } = letterhead
  const info = {
    title: report.title,
    subject: report.subtitle,
    author: provider,
    locale: language === 'de' ? 'de-DE' : 'en-GB',
    created: now,
  }
  const slides = presentation(info, TITLE, master)
  for (const [index, together] of grouped(report.parts).entries()) {
    const titles = together.map((part) => part.title)
    const pieces = together.flatMap((part) =>
      together.length > 1 ? [headingPiece(part.title), ...piecesOf(part)] : piecesOf(part),
    )
    const title = index === 0 ? report.title : titles.join(' · ')
    flow(slides, { title, notes: [report.subtitle, ...titles].join('\n') }, pieces)
  }
  // To write it is not the customer's to do.
  const missing = edition === 'customer' ? [] : report.parts.filter((part) => part.missing !== '')
  if (missing.length > 0) {
    const pieces = missing.map(({ title }) => textPiece(title, colours.ink2))
    flow(slides, { title: say('slides.missing'), notes: missing[0]!.missing }, pieces)
  }
  return slides.finish((page, number, of) => {
    if (master === null) rail(page, number, of, accent?.slice(1) ?? colours.ink)
    const { x, w } = master?.foot ?? { x: LEFT, w: WIDTH }
    const small = { size: 10, colour: colours.ink3 }
    if (master === null) page.rule(x, FOOT_Y - 0.09, w)
    page.text(`${say('report.kind')} · ${report.subtitle}`, { x, y: FOOT_Y, w: w * 0.6, h: 0.22 }, small)
    const right = `${say('made', { at: moment(now) })} ${say('page', { page: number, pages: of })}`
    page.text(right, { x: x + w * 0.6, y: FOOT_Y, w: w * 0.4, h: 0.22 }, { ...small, align: 'right' })
  })
}

/** One below the other, on as many slides as it takes. */
function flow(
  slides: Presentation,
  slide: { readonly title: string; readonly notes: string },
  pieces: readonly Piece[],
): void {
  let page = slides.add(slide)
  let y = page.top
  for (const { height, draw } of pieces) {
    if (y + height > BOTTOM && y > page.top) {
      page = slides.add(slide)
      y = page.top
    }
    draw(page, y)
    y += height
  }
}

function piecesOf({ facts, lines, text }: ReportPart): Piece[] {
  const written = text
    .split('\n')
    .filter((paragraph) => paragraph.trim() !== '')
    .flatMap((paragraph) => textPieces(paragraph))
  return [...facts.map(factPiece), ...lines.map(linePiece), ...written]
}

/** Below a title of one line, in inches. */
const ROOM = BOTTOM - 1.45
const HEADING_HEIGHT = 0.6

/** Sections that have room on one slide together; the summary, and what takes more, have theirs alone. */
function grouped(parts: readonly ReportPart[]): readonly (readonly ReportPart[])[] {
  const groups: { parts: ReportPart[]; left: number }[] = []
  for (const [index, part] of parts.entries()) {
    const pieces = piecesOf(part)
    if (pieces.length === 0) continue
    const height = pieces.reduce((sum, piece) => sum + piece.height, HEADING_HEIGHT)
    const last = groups.at(-1)
    if (last !== undefined && last.left >= height) {
      last.parts.push(part)
      last.left -= height
    } else groups.push({ parts: [part], left: index === 0 ? 0 : ROOM - height })
  }
  return groups.map((group) => group.parts)
}

function headingPiece(title: string): Piece {
  return {
    height: HEADING_HEIGHT,
    draw: (page, y) => {
      const place = { x: LEFT, y: y + 0.2, w: WIDTH, h: HEADING_HEIGHT - 0.26 }
      page.text(title, place, { size: HEADING_SIZE, bold: true, colour: colours.ink2 })
    },
  }
}

function brokenIn(text: string, width: number): string[] {
  return linesOf(text, { width: width * SAFE_WIDTH * POINTS_PER_INCH, size: SIZE })
}

function factPiece({ name, value }: ReportPart['facts'][number]): Piece {
  const width = WIDTH - NAME_WIDTH
  const lines = Math.max(brokenIn(name, NAME_WIDTH - 0.2).length, Math.min(FACT_LINES, brokenIn(value, width).length))
  const h = heightOf(lines, SIZE) + 0.02
  return {
    height: h + 2 * GAP,
    draw: (page, y) => {
      page.rule(LEFT, y, WIDTH)
      page.text(name, { x: LEFT, y: y + GAP, w: NAME_WIDTH - 0.2, h }, { size: SIZE, colour: colours.ink3 })
      page.text(value, { x: LEFT + NAME_WIDTH, y: y + GAP, w: width, h }, { size: SIZE })
    },
  }
}

/** A moment of the timeline; who is left out in the customer's edition. */
function linePiece({ at, who, what, gap }: ReportLine): Piece {
  const whoWidth = who === '' ? 0 : WHO_WIDTH
  const width = WIDTH - AT_WIDTH - whoWidth
  const lines = Math.max(who === '' ? 1 : brokenIn(who, whoWidth - 0.2).length, brokenIn(what, width).length)
  const h = heightOf(Math.min(FACT_LINES, lines), SIZE) + 0.02
  const style = { size: SIZE, ...(gap && { colour: colours.soonText }) }
  return {
    height: h + 2 * GAP,
    draw: (page, y) => {
      page.rule(LEFT, y, WIDTH)
      page.text(at, { x: LEFT, y: y + GAP, w: AT_WIDTH - 0.1, h }, { size: SIZE, colour: colours.ink3 })
      if (who !== '')
        page.text(who, { x: LEFT + AT_WIDTH, y: y + GAP, w: whoWidth - 0.2, h }, { size: SIZE, colour: colours.ink2 })
      page.text(what, { x: LEFT + AT_WIDTH + whoWidth, y: y + GAP, w: width, h }, style)
    },
  }
}

/** A paragraph, cut into pieces that a slide has room for. */
function textPieces(paragraph: string): Piece[] {
  const lines = brokenIn(paragraph, WIDTH)
  const pieces: Piece[] = []
  for (let from = 0; from < lines.length; from += TEXT_LINES)
    pieces.push(textPiece(lines.slice(from, from + TEXT_LINES).join(' ')))
  return pieces
}

function textPiece(text: string, colour: string = colours.ink): Piece {
  const h = heightOf(brokenIn(text, WIDTH).length, SIZE) + 0.02
  return {
    height: h + 2 * GAP,
    draw: (page, y) => page.text(text, { x: LEFT, y: y + GAP, w: WIDTH, h }, { size: SIZE, colour }),
  }
}
