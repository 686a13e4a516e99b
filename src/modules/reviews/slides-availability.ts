import { colours } from '#platform/documents/house.ts'
import { HEAD_HEIGHT, type Presentation } from '#platform/documents/presentation.ts'
import type { Content } from './content-shape.ts'
import { LEFT, verdictMark } from './slide-frame.ts'
import type { Wording } from './wording.ts'

const ROW_HEIGHT = 0.5
const ROWS = 9

/** How long services were there, of the time agreed; no slide where nothing was promised about it. */
export function availabilitySlides(slides: Presentation, { availability, method }: Content, { say }: Wording): void {
  if (availability === null) return
  const { title, items } = availability
  for (let from = 0; from < items.length; from += ROWS) {
    const shown = items.slice(from, from + ROWS)
    const page = slides.add({ title, notes: [title, say('method.availability'), ...method].join('\n') })
    page.table({
      x: LEFT,
      y: page.top,
      size: 12,
      rowHeight: ROW_HEIGHT,
      columns: [
        { head: '', width: 0.3 },
        { head: say('head.service'), width: 2.6 },
        { head: say('head.promise'), width: 3.35 },
        { head: say('head.agreed-time'), width: 1.1, align: 'right' },
        { head: say('head.maintenance'), width: 1, align: 'right' },
        { head: say('head.down'), width: 1.1, align: 'right' },
        { head: say('head.share'), width: 1, align: 'right' },
        { head: say('head.verdict'), width: 1.3 },
      ],
      rows: shown.map(({ verdict, ...line }) => {
        const wash = verdict === 'missed' ? { wash: colours.missWash } : {}
        const said = verdict === 'missed' ? colours.missText : verdict === 'met' ? colours.metText : colours.ink3
        return [
          { text: '', ...wash },
          { text: line.name, bold: true, ...wash },
          { text: line.about, ...wash },
          { text: line.agreed, ...wash },
          { text: line.maintenance, ...wash },
          { text: line.down, ...wash },
          { text: line.share, ...wash },
          { text: line.verdictText, colour: said, ...wash },
        ]
      }),
    })
    for (const [index, { verdict }] of shown.entries())
      verdictMark(page, verdict, LEFT + 0.08, page.top + HEAD_HEIGHT + ROW_HEIGHT * index + 0.18)
  }
}
