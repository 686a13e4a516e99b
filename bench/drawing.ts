/** Small pictures of figures: no library, readable on light and on dark ground, and the figures stand in them as text. */

const WIDTH = 720
const LEFT = 190
const RIGHT = 20
const TOP = 46

/** Told apart by lightness too, for whoever does not see the colours. */
const STYLE = `<style>
text{font:13px system-ui,sans-serif;fill:#1c2024}.title{font-weight:600;font-size:14px}.quiet{fill:#60646c}
.line{stroke:#d8dce0}.wanted{stroke:#b5420f;stroke-dasharray:5 4}.s0{fill:#1f5f8b;stroke:#1f5f8b}.s1{fill:#d08a2e;stroke:#d08a2e}
.s2{fill:#7fb3a8;stroke:#7fb3a8}.s3{fill:#9a9ea6;stroke:#9a9ea6}.curve{fill:none;stroke-width:2}
@media(prefers-color-scheme:dark){text{fill:#edeef0}.quiet{fill:#b0b4ba}.line{stroke:#43484e}.wanted{stroke:#ff9a66}
.s0{fill:#6fb3e0;stroke:#6fb3e0}.s1{fill:#e8b063;stroke:#e8b063}.s2{fill:#4f8d80;stroke:#4f8d80}.s3{fill:#777b84;stroke:#777b84}}
.curve{fill:none}</style>`

function picture(title: string, height: number, body: readonly string[]): string {
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${height}" role="img" aria-label="${escaped(title)}">${STYLE}
<text class="title" x="0" y="18">${escaped(title)}</text>
${body.join('\n')}
</svg>
`
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;')
}

interface Bars {
  readonly title: string
  /** Each a bar of parts, one after the other, with its sum behind it. */
  readonly rows: readonly { readonly name: string; readonly parts: Readonly<Record<string, number>> }[]
  /** After the point. */
  readonly digits: number
}

export function bars({ title, rows, digits }: Bars): string {
  const format = new Intl.NumberFormat('en', { maximumFractionDigits: digits, minimumFractionDigits: digits })
  const names = [...new Set(rows.flatMap(({ parts }) => Object.keys(parts)))]
  const sum = (parts: Readonly<Record<string, number>>) => Object.values(parts).reduce((all, each) => all + each, 0)
  const most = Math.max(...rows.map(({ parts }) => sum(parts)))
  const room = WIDTH - LEFT - RIGHT - 60
  const body = legend(names)
  for (const [nth, { name, parts }] of rows.entries()) {
    const y = TOP + 14 + nth * 34
    body.push(`<text x="0" y="${y + 16}">${escaped(name)}</text>`)
    let x = LEFT
    for (const [part, value] of Object.entries(parts)) {
      const width = (value / most) * room
      const said = `${escaped(part)}: ${format.format(value)}`
      body.push(
        `<rect class="s${names.indexOf(part)}" x="${x.toFixed(1)}" y="${y}" width="${Math.max(0, width - 1).toFixed(1)}" height="22"><title>${said}</title></rect>`,
      )
      x += width
    }
    body.push(`<text x="${(x + 6).toFixed(1)}" y="${y + 16}">${format.format(sum(parts))}</text>`)
  }
  return picture(title, TOP + 24 + rows.length * 34, body)
}

function legend(names: readonly string[]): string[] {
  return names.map((name, nth) => {
    const x = LEFT + nth * 118
    return `<rect class="s${nth}" x="${x}" y="30" width="10" height="10"/><text class="quiet" x="${x + 15}" y="40">${escaped(name)}</text>`
  })
}

interface Lines {
  readonly title: string
  readonly x: { readonly from: number; readonly to: number; readonly name: string }
  /** The scale goes from zero to this. */
  readonly most: number
  readonly series: readonly { readonly name: string; readonly points: readonly (readonly [number, number])[] }[]
  /** A line that is not to be gone over. */
  readonly wanted?: number
}

const HEIGHT = 220

export function lines({ title, x, most, series, wanted }: Lines): string {
  const left = 44
  const right = WIDTH - RIGHT
  const bottom = TOP + HEIGHT
  const xOf = (value: number) => left + ((value - x.from) / Math.max(1, x.to - x.from)) * (right - left)
  const yOf = (value: number) => bottom - (Math.min(value, most) / most) * HEIGHT
  const body = series.length > 1 ? legend(series.map(({ name }) => name)) : []
  for (let step = 0; step <= 4; step++) {
    const value = (most / 4) * step
    body.push(
      `<line class="line" x1="${left}" x2="${right}" y1="${yOf(value).toFixed(1)}" y2="${yOf(value).toFixed(1)}"/>`,
      `<text class="quiet" x="${left - 6}" y="${(yOf(value) + 4).toFixed(1)}" text-anchor="end">${value.toFixed(most < 1 ? 3 : 0)}</text>`,
    )
  }
  if (wanted !== undefined)
    body.push(
      `<line class="wanted" x1="${left}" x2="${right}" y1="${yOf(wanted).toFixed(1)}" y2="${yOf(wanted).toFixed(1)}"/>`,
      `<text class="quiet" x="${left + 6}" y="${(yOf(wanted) - 6).toFixed(1)}">at most ${wanted}</text>`,
    )
  for (const [nth, { points }] of series.entries()) {
    const path = points.map(([at, value]) => `${xOf(at).toFixed(1)},${yOf(value).toFixed(1)}`).join(' ')
    body.push(`<polyline class="curve s${nth}" style="fill:none" points="${path}"/>`)
  }
  body.push(
    `<text class="quiet" x="${left}" y="${bottom + 18}">${x.from}</text>`,
    `<text class="quiet" x="${right}" y="${bottom + 18}" text-anchor="end">${x.to} ${escaped(x.name)}</text>`,
  )
  return picture(title, bottom + 28, body)
}
