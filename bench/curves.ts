import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { ROOT } from '#platform/configuration.ts'
import { print } from './measure.ts'
import { bars, lines } from './drawing.ts'

/**
 * Draws what was measured (`docs/scale.json`, written down from the other measurements with its day) as the pictures of
 * `docs/scale.md`. Nothing is measured here.
 */
interface Scale {
  /** Tickets a second of processor time, and what was written with it. */
  readonly filling: readonly { readonly name: string; readonly ms: Readonly<Record<string, number>> }[]
  /** Bytes on the disk of a ticket, by what they are of. */
  readonly ticket: readonly { readonly name: string; readonly bytes: Readonly<Record<string, number>> }[]
  /** The p95 and the median of each endpoint at the smaller and the larger size, in ms. */
  readonly pages: { readonly tickets: readonly [number, number]; readonly p95: Pairs; readonly median: Pairs }
  readonly ageing: readonly { readonly day: number; readonly deadOfIncident: number; readonly deadOfClock: number }[]
}

type Pairs = Readonly<Record<string, readonly [number, number]>>

/** Below this the network of one machine says more than the program does. */
const LEAST_MS = 3
const WANTED = 1.5

const folder = join(ROOT, 'docs/pictures/scale')
const scale = JSON.parse(await readFile(join(ROOT, 'docs/scale.json'), 'utf8')) as Scale
const count = new Intl.NumberFormat('en')
const ratiosOf = (pairs: Pairs) =>
  Object.values(pairs)
    .map(([of, at]) => Math.max(LEAST_MS, at) / Math.max(LEAST_MS, of))
    .toSorted((one, other) => one - other)
const [p95, median] = [ratiosOf(scale.pages.p95), ratiosOf(scale.pages.median)]
const [small, large] = scale.pages.tickets

const pictures: Readonly<Record<string, string>> = {
  filling: bars({
    title: 'Processor time to write a ticket with its history, in ms',
    rows: scale.filling.map(({ name, ms }) => ({ name, parts: ms })),
    digits: 2,
  }),
  ticket: bars({
    title: 'A ticket with its history and its clocks on the disk, in bytes',
    rows: scale.ticket.map(({ name, bytes }) => ({ name, parts: bytes })),
    digits: 0,
  }),
  pages: lines({
    title: `Time to answer at ${count.format(large)} tickets as a multiple of that at ${count.format(small)}, by endpoint`,
    x: { from: 1, to: p95.length, name: 'endpoints' },
    most: Math.max(3, Math.ceil(p95.at(-1) ?? 1)),
    series: Object.entries({ p95, median }).map(([name, ratios]) => ({
      name,
      points: ratios.map((ratio, nth) => [nth + 1, ratio] as const),
    })),
    wanted: WANTED,
  }),
  ageing: lines({
    title: 'Rows left behind by changes, as a share of those in use, over a month of a desk',
    x: { from: 1, to: scale.ageing.length, name: 'days' },
    most: Math.max(
      0.1,
      ...scale.ageing.map(({ deadOfIncident, deadOfClock }) => Math.max(deadOfIncident, deadOfClock)),
    ),
    series: [
      { name: 'tickets', points: scale.ageing.map(({ day, deadOfIncident }) => [day, deadOfIncident]) },
      { name: 'clocks', points: scale.ageing.map(({ day, deadOfClock }) => [day, deadOfClock]) },
    ],
  }),
}
await mkdir(folder, { recursive: true })
for (const [name, svg] of Object.entries(pictures)) await writeFile(join(folder, `${name}.svg`), svg)
const slower = p95.filter((ratio) => ratio > WANTED).length
const slowerMedian = median.filter((ratio) => ratio > WANTED).length
print({
  name: 'curves.drawn',
  value: Object.keys(pictures).length,
  unit: 'pictures',
  samples: p95.length,
  detail: { slower, slowerMedian },
})
