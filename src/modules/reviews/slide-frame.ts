import { colours } from '#platform/documents/house.ts'
import type { SlidePage } from '#platform/documents/presentation.ts'
import type { Verdict } from './facts.ts'

/** Inches. The rail is the plumb line of every slide; its bob hangs lower on each. */
export const RAIL_X = 0.5
export const LEFT = 0.95
export const WIDTH = 11.75
export const BOTTOM = 6.72

const verdictMarks = { met: 'disc', 'met-by-allowance': 'disc', missed: 'square', 'not-measured': 'ring' } as const
const verdictColours: Readonly<Record<Verdict, string>> = {
  met: colours.met,
  'met-by-allowance': colours.met,
  missed: colours.miss,
  'not-measured': colours.ink3,
}

/** The shape that stands for a verdict, so that it is not told by colour alone. */
export function verdictMark(page: SlidePage, verdict: Verdict, x: number, y: number): void {
  page.mark(verdictMarks[verdict], { x, y, w: 0.14, h: 0.14 }, verdictColours[verdict])
}
