import { colours } from '#platform/documents/house.ts'
import type { Letterhead } from '#platform/documents/letterhead.ts'
import { linesIn, type Presentation } from '#platform/documents/presentation.ts'
import { linesOf } from '#platform/documents/text-width.ts'
import type { Content } from './content-shape.ts'
import { LEFT, WIDTH } from '#platform/documents/slide-frame.ts'
import type { Wording } from './wording.ts'

/** At the right above of the cover. */
const LOGO = { x: LEFT + WIDTH - 2.4, y: 2.4, w: 2.4, h: 0.7 }

/** For whom and of which month it is, what it was counted by, and what a reader has to know about the data. */
export function coverSlide(slides: Presentation, content: Content, { say }: Wording, { logo }: Letterhead): void {
  const page = slides.add({ title: content.title, notes: content.story.headline })
  if (logo !== null) page.logo(logo, LOGO, content.provider)
  const name = { x: LEFT, y: 1.5, w: WIDTH, h: 1.05 }
  page.text(content.customer, name, { size: sizeWithin(content.customer, name), bold: true })
  page.text(content.provider, { x: LEFT, y: 2.62, w: WIDTH, h: 0.36 }, { size: 18, colour: colours.ink2 })
  if (content.internal !== null)
    page.text(
      content.internal,
      { x: LEFT, y: 3.02, w: WIDTH, h: 0.3 },
      { size: 14, bold: true, colour: colours.missText },
    )
  let y = 3.5
  page.rule(LEFT, y, WIDTH, { colour: colours.edge })
  for (const { label, value } of content.cover) {
    page.text(label, { x: LEFT, y: y + 0.07, w: 2.2, h: 0.26 }, { size: 13, colour: colours.ink3 })
    // Several agreements take two lines.
    const lines = Math.min(2, linesOf(value, { width: (WIDTH - 2.3) * 72, size: 13 }).length)
    page.text(value, { x: LEFT + 2.3, y: y + 0.07, w: WIDTH - 2.3, h: 0.26 * lines }, { size: 13 })
    y += 0.14 + 0.26 * lines
    page.rule(LEFT, y, WIDTH)
  }
  page.text(say('cover.data'), { x: LEFT, y: y + 0.07, w: 2.2, h: 0.26 }, { size: 13, colour: colours.ink3 })
  const notes = content.notes.length === 0 ? [say('cover.data-sound')] : content.notes
  const room = 4
  const shown =
    notes.length > room
      ? [...notes.slice(0, room - 1), say('cover.agreements-more', { more: notes.length - room + 1 })]
      : notes
  for (const note of shown) {
    page.text(note, { x: LEFT + 2.3, y: y + 0.07, w: WIDTH - 2.3, h: 0.26 }, { size: 13 })
    y += 0.3
  }
}

const COVER_SIZES = [40, 30, 22, 16] as const

/** Points at which a name in bold has room in a place, or the least. */
function sizeWithin(name: string, { w, h }: { readonly w: number; readonly h: number }): number {
  const fits = (size: number) => linesOf(name, { width: w * 72, size, bold: true }).length <= linesIn(h, size)
  return COVER_SIZES.find(fits) ?? COVER_SIZES.at(-1)!
}
