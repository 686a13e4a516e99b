import { colours } from './house.ts'
import type { SlidePage } from './presentation.ts'

/** Inches. The rail is the plumb line of every slide; its bob hangs lower on each. */
const RAIL_X = 0.5
export const LEFT = 0.95
export const WIDTH = 11.75
export const BOTTOM = 6.72
/** Where the foot of a slide stands, below its rule. */
export const FOOT_Y = 6.97

const BOB = { size: 0.17, from: 0.7, to: 6.55 }

/** The plumb line of every slide; its bob hangs lower on each. */
export function rail(page: SlidePage, number: number, of: number, colour: string): void {
  page.rule(RAIL_X, 0, 7.5, { colour: colours.edge, upright: true })
  const y = of === 1 ? BOB.from : BOB.from + ((BOB.to - BOB.from) * (number - 1)) / (of - 1)
  page.mark('diamond', { x: RAIL_X - BOB.size / 2, y, w: BOB.size, h: BOB.size * 1.35 }, colour)
}
