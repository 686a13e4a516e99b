import { colours } from '#platform/documents/house.ts'
import { printable, xml } from '#platform/documents/printable.ts'
import { fitted, linesOf } from '#platform/documents/text-width.ts'

/** As wide as three key figures beside each other. */
const WIDTH = 992
const FONTS = "'Source Sans 3', Arial, sans-serif"
const TILE = { height: 74, gap: 12, pad: 10 } as const
const ROW = 26
const MARGIN = 24

/** What stands before who meets, in words. */
export interface BoardWords {
  readonly title: string
  readonly lede: string
  readonly interval: { readonly title: string; readonly items: readonly (readonly [name: string, count: string])[] }
  /** Key figures as a picture of their own; null without any. */
  readonly kpis: { readonly picture: string; readonly height: number } | null
  readonly actions: {
    readonly title: string
    readonly rows: readonly (readonly [what: string, who: string, due: string, isOverdue: boolean])[]
    /** Said where there are no rows, or of those that are left out. */
    readonly rest: string | null
  }
}

/** The board of a forum as a picture that stands by itself: what came since the last meeting, its key figures, its actions. */
export function forumPicture({ title, lede, interval, kpis, actions }: BoardWords): string {
  const parts: string[] = []
  let y = 30
  parts.push(words(title, { x: 0, y, size: 24, bold: true, width: WIDTH }))
  parts.push(words(lede, { x: 0, y: (y += 24), size: 13, fill: colours.ink2, width: WIDTH }))
  const head = (text: string) => parts.push(words(text, { x: 0, y: (y += 34), size: 15, bold: true, width: WIDTH }))
  head(interval.title)
  y += 12
  const width = (WIDTH - TILE.gap * (interval.items.length - 1)) / Math.max(1, interval.items.length)
  interval.items.forEach(([name, count], index) => {
    const x = index * (width + TILE.gap)
    const inner = width - 2 * TILE.pad
    parts.push(
      `<rect x="${x}" y="${y}" width="${width}" height="${TILE.height}" fill="#${colours.surface}" stroke="#${colours.line}"/>`,
      words(count, { x: x + TILE.pad, y: y + 28, size: 22, bold: true, width: inner }),
      ...nameOf(name, { x: x + TILE.pad, y: y + 47, size: 11.5, fill: colours.ink2, width: inner }),
    )
  })
  y += TILE.height
  if (kpis !== null) {
    y += 22
    parts.push(kpis.picture.replace('<svg ', `<svg x="0" y="${y}" `))
    y += kpis.height
  }
  head(actions.title)
  for (const [what, who, due, isOverdue] of actions.rows) {
    y += ROW
    const fill = isOverdue ? colours.missText : colours.ink2
    parts.push(
      `<line x1="0" x2="${WIDTH}" y1="${y - 17}" y2="${y - 17}" stroke="#${colours.line}"/>`,
      words(what, { x: 0, y, size: 13, width: 560 }),
      words(who, { x: 580, y, size: 13, fill: colours.ink2, width: 210 }),
      words(due, { x: 800, y, size: 13, fill, width: WIDTH - 800 }),
    )
  }
  if (actions.rest !== null)
    parts.push(words(actions.rest, { x: 0, y: (y += ROW), size: 12, fill: colours.ink3, width: WIDTH }))
  const [wide, high] = [WIDTH + 2 * MARGIN, y + 2 * MARGIN]
  const ground = `<rect x="${-MARGIN}" y="${-MARGIN}" width="${wide}" height="${high}" fill="#${colours.paper}"/>`
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="${-MARGIN} ${-MARGIN} ${wide} ${high}" width="${wide}" height="${high}" font-family="${FONTS}">${ground}${parts.join('')}</svg>`
}

/** A name in two lines at most. */
function nameOf(name: string, { y, ...style }: Written): string[] {
  const { width, size } = style
  const lines = linesOf(fitted(printable(name), { width, size, lines: 2 }), { width, size })
  return lines.map((line, index) => words(line.trim(), { ...style, y: y + index * size * 1.3 }))
}

interface Written {
  readonly x: number
  /** Of the line that the letters stand on. */
  readonly y: number
  readonly size: number
  readonly width: number
  readonly bold?: boolean
  readonly fill?: string
}

/** Longer words would run into what stands beside them. */
function words(text: string, { x, y, size, width, bold = false, fill = colours.ink }: Written): string {
  const weight = bold ? ' font-weight="600"' : ''
  const shown = fitted(printable(text), { width, size, lines: 1, bold })
  return `<text x="${x}" y="${y}" font-size="${size}" fill="#${fill}"${weight}>${xml(shown)}</text>`
}
