/*
 * Whether an investment pays (DOMAIN §3.10). These are estimates about the future: they are reckoned in floating point and
 * rounded to the smallest unit at the end; nothing is posted from them.
 */

/** Flows by year, the first one now: spending is negative. */
export type Flows = readonly number[]

/** Net present value in the smallest unit, at a yearly rate in basis points. */
export function presentValue(flows: Flows, rateBp: number): number {
  return Math.round(discounted(flows, rateBp / 10_000))
}

function discounted(flows: Flows, rate: number): number {
  return flows.reduce((sum, flow, year) => sum + flow / (1 + rate) ** year, 0)
}

/** Years until the flows have paid back what was spent, evenly within a year; null when they never do. */
export function payback(flows: Flows): number | null {
  let left = 0
  for (const [year, flow] of flows.entries()) {
    if (left < 0 && left + flow >= 0) return year - 1 + -left / flow
    left += flow
  }
  return left >= 0 && flows.some((flow) => flow !== 0) && flows[0]! >= 0 ? 0 : null
}

/** The rate at which the present value is nothing, in basis points; null where there is none between 0 and 1,000 %. */
export function internalRate(flows: Flows): number | null {
  let [low, high] = [0, 10]
  if (discounted(flows, low) < 0 || discounted(flows, high) > 0) return null
  for (let round = 0; round < 100; round++) {
    const middle = (low + high) / 2
    if (discounted(flows, middle) >= 0) low = middle
    else high = middle
  }
  return Math.round(low * 10_000)
}
