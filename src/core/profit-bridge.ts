/*
 * From one margin to another, driver by driver (DOMAIN §3.9). Sides are profit and loss with the quantities behind them; what
 * rounding leaves stays in the driver whose rate it is, so that the steps are exactly the difference.
 */
import { type Bridge, costCategories, marginOf, type ProfitAndLoss } from '#core/margin.ts'
import { partOf } from '#core/money.ts'

export interface ProfitSide {
  readonly result: ProfitAndLoss
  /** Units behind what is charged by volume, minutes behind the cost of our own work; null where nobody said. */
  readonly units: number | null
  readonly minutes: number | null
  /** Of these minutes those that nobody pays, and of the cost of labour what they took. */
  readonly unpaidMinutes: number
  readonly unpaidMinor: number
  /** What exchange rates did to the margin; it is within the result. */
  readonly exchangeMinor: number
}

/** `then − before` split into what the quantity did at the old rate, and the rest: what the rate did. */
function split(before: number, then: number, quantities: readonly [number | null, number | null]) {
  const [old, now] = quantities
  const change = then - before
  if (old === null || now === null || old === 0) return { quantity: 0, rate: change }
  const quantity = partOf(before, now - old, old)
  return { quantity, rate: change - quantity }
}

/** Without what is only passed through, which leaves nothing but its mark-up: that is told among the one-offs. */
export function profitBridge(from: ProfitSide, to: ProfitSide): Bridge {
  const [a, b] = [from.result, to.result]
  const volume = split(a.volume, b.volume, [from.units, to.units])
  const paidFor = (side: ProfitSide) => side.result.cost.labour - side.unpaidMinor
  const paidMinutes = ({ minutes, unpaidMinutes }: ProfitSide) => (minutes === null ? null : minutes - unpaidMinutes)
  const work = split(paidFor(from), paidFor(to), [paidMinutes(from), paidMinutes(to)])
  const others = costCategories.filter((category) => category !== 'labour')
  const cost = (of: ProfitAndLoss) => others.reduce((sum, category) => sum + of.cost[category], 0)
  const exchange = to.exchangeMinor - from.exchangeMinor
  const passed = b.passThrough - b.passThroughCost - (a.passThrough - a.passThroughCost)
  const amounts: Readonly<Record<Bridge['steps'][number]['driver'], number>> = {
    volume: volume.quantity + (b.time - a.time),
    price: volume.rate + (b.fixed - a.fixed) + (b.indexation - a.indexation),
    effort: -work.quantity,
    'unpaid-work': from.unpaidMinor - to.unpaidMinor,
    rate: -work.rate,
    supplier: cost(a) - cost(b),
    credits: a.credits - b.credits,
    'one-off': b.oneOff - a.oneOff + passed - exchange,
    exchange,
  }
  const margin = (of: ProfitAndLoss) => marginOf(of, 'with').marginMinor
  const steps = Object.entries(amounts).map(([driver, amountMinor]) => ({
    driver: driver as Bridge['steps'][number]['driver'],
    amountMinor: amountMinor === 0 ? 0 : amountMinor,
  }))
  return { fromMinor: margin(a), toMinor: margin(b), steps }
}
