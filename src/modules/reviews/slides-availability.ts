import { colours } from '#platform/documents/house.ts'
import type { Presentation } from '#platform/documents/presentation.ts'
import type { Content } from './content-shape.ts'
import { verdictTable } from './slide-frame.ts'
import type { Wording } from './wording.ts'

/** How long services were there, of the time agreed; no slide where nothing was promised about it. */
export function availabilitySlides(slides: Presentation, { availability, method }: Content, { say }: Wording): void {
  if (availability === null) return
  const { title, items } = availability
  verdictTable(slides, {
    title,
    notes: [title, say('method.availability'), ...method].join('\n'),
    rowHeight: 0.5,
    textLines: 2,
    atOnce: 9,
    lines: items,
    columns: [
      { head: say('head.service'), width: 2.6 },
      { head: say('head.promise'), width: 3.15 },
      { head: say('head.agreed-time'), width: 1.1, align: 'right' },
      { head: say('head.maintenance'), width: 1.2, align: 'right' },
      { head: say('head.down'), width: 1.1, align: 'right' },
      { head: say('head.share'), width: 1, align: 'right' },
      { head: say('head.verdict'), width: 1.3 },
    ],
    cells: ({ verdict, ...line }) => [
      { text: line.name, bold: true },
      { text: line.about },
      { text: line.agreed },
      { text: line.maintenance },
      { text: line.down },
      { text: line.share },
      {
        text: line.verdictText,
        colour: verdict === 'missed' ? colours.missText : verdict === 'met' ? colours.metText : colours.ink3,
      },
    ],
  })
}
