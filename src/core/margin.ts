/*
 * What a contract leaves (DOMAIN §3.9). For the provider alone: nothing of a customer's or a supplier's session comes here.
 */
import type { Ratio } from '#core/attainment.ts'

/** A month or a whole contract, in the smallest unit of one currency. Credits are a positive amount that is taken off. */
export interface ProfitAndLoss {
  readonly fixed: number
  readonly volume: number
  readonly time: number
  readonly oneOff: number
  readonly indexation: number
  readonly credits: number
  readonly passThrough: number
  /** Direct cost by category, without what is passed through. */
  readonly cost: Readonly<Record<CostCategory, number>>
  readonly passThroughCost: number
}

export const costCategories = ['labour', 'pool', 'supplier', 'tools', 'depreciation', 'travel', 'provisions'] as const
export type CostCategory = (typeof costCategories)[number]

export interface Margin {
  readonly revenueMinor: number
  readonly costMinor: number
  readonly marginMinor: number
  /** Null where there is no revenue. */
  readonly share: Ratio | null
}

/** With or without what is only passed through: both are told, and which it is always stands beside. */
export function marginOf(result: ProfitAndLoss, passThrough: 'without' | 'with'): Margin {
  const { fixed, volume, time, oneOff, indexation, credits } = result
  const own = fixed + volume + time + oneOff + indexation - credits
  const direct = costCategories.reduce((sum, category) => sum + result.cost[category], 0)
  const revenueMinor = passThrough === 'with' ? own + result.passThrough : own
  const costMinor = passThrough === 'with' ? direct + result.passThroughCost : direct
  const marginMinor = revenueMinor - costMinor
  return {
    revenueMinor,
    costMinor,
    marginMinor,
    share: revenueMinor === 0 ? null : { numerator: marginMinor, denominator: revenueMinor },
  }
}

export interface Outlook {
  readonly atCompletionMinor: number
  readonly marginMinor: number
  readonly share: Ratio | null
  /** Below the share that was committed, in basis points. */
  readonly belowCommitted: boolean
  /** Costs are more than it brings: a provision has to be made. */
  readonly onerous: boolean
}

/** What is left at the end: value of the contract less what was spent and what is still to be spent. */
export function outlookOf(
  valueMinor: number,
  {
    spentMinor,
    toCompleteMinor,
    committedBp,
  }: { readonly spentMinor: number; readonly toCompleteMinor: number; readonly committedBp: number },
): Outlook {
  const atCompletionMinor = spentMinor + toCompleteMinor
  const marginMinor = valueMinor - atCompletionMinor
  return {
    atCompletionMinor,
    marginMinor,
    share: valueMinor === 0 ? null : { numerator: marginMinor, denominator: valueMinor },
    belowCommitted: BigInt(marginMinor) * 10_000n < BigInt(committedBp) * BigInt(valueMinor),
    onerous: marginMinor < 0,
  }
}

export interface BridgeSide {
  /** Units of the service and the price of one; what is charged is their product. */
  readonly units: number
  readonly unitMinor: number
  /** Hours worked, those without an order among them, and what one costs. */
  readonly hours: number
  readonly unpaidHours: number
  readonly hourMinor: number
  readonly supplierMinor: number
  readonly creditsMinor: number
  /** Everything else, revenue less cost, at the rates of the plan. */
  readonly oneOffMinor: number
  /** What exchange rates did to it. */
  readonly exchangeMinor: number
}

export const bridgeDrivers = [
  'volume',
  'price',
  'effort',
  'unpaid-work',
  'rate',
  'supplier',
  'credits',
  'one-off',
  'exchange',
] as const
export type BridgeDriver = (typeof bridgeDrivers)[number]

export interface Bridge {
  readonly fromMinor: number
  readonly toMinor: number
  /** In this order; what each added to the margin. They are exactly the difference of both ends. */
  readonly steps: readonly { readonly driver: BridgeDriver; readonly amountMinor: number }[]
}

/** The margin of one side: what its figures leave. */
export function marginOfSide(side: BridgeSide): number {
  const { units, unitMinor, hours, hourMinor, supplierMinor, creditsMinor, oneOffMinor, exchangeMinor } = side
  return units * unitMinor - hours * hourMinor - supplierMinor - creditsMinor + oneOffMinor + exchangeMinor
}

/** From bid to now, or from month to month: quantities at the old price, prices at the new quantity. */
export function bridgeOf(from: BridgeSide, to: BridgeSide): Bridge {
  const unpaid = to.unpaidHours - from.unpaidHours
  const amounts: Readonly<Record<BridgeDriver, number>> = {
    volume: (to.units - from.units) * from.unitMinor,
    price: (to.unitMinor - from.unitMinor) * to.units,
    effort: -(to.hours - from.hours - unpaid) * from.hourMinor,
    'unpaid-work': -unpaid * from.hourMinor,
    rate: -(to.hourMinor - from.hourMinor) * to.hours,
    supplier: from.supplierMinor - to.supplierMinor,
    credits: from.creditsMinor - to.creditsMinor,
    'one-off': to.oneOffMinor - from.oneOffMinor,
    exchange: to.exchangeMinor - from.exchangeMinor,
  }
  return {
    fromMinor: marginOfSide(from),
    toMinor: marginOfSide(to),
    steps: bridgeDrivers.map((driver) => ({ driver, amountMinor: amounts[driver] === 0 ? 0 : amounts[driver] })),
  }
}

/** What a month shows: what was invoiced in it and is accrued at its end, less what was accrued before and reverses. */
export function costOfMonth({
  invoicedMinor,
  accruedMinor,
  reversedMinor,
}: {
  readonly invoicedMinor: number
  readonly accruedMinor: number
  readonly reversedMinor: number
}): number {
  return invoicedMinor + accruedMinor - reversedMinor
}
