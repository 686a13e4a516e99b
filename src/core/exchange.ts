import { type Money, partOf } from '#core/money.ts'

/** What one unit of a currency costs in another, exactly: 1.15 is `{ numerator: 115, denominator: 100 }`. */
export interface ExchangeRate {
  readonly from: string
  readonly to: string
  readonly numerator: number
  readonly denominator: number
}

/** Rates that belong together. Locked, they never change: what was posted with them can be counted again. */
export interface RateSet {
  readonly id: string
  readonly kind: 'budget' | 'average' | 'closing' | 'spot'
  readonly locked: boolean
  readonly rates: readonly ExchangeRate[]
}

/** Decimals of the currencies that have other than two. */
const DECIMALS: Readonly<Record<string, number>> = {
  JPY: 0,
  KRW: 0,
  VND: 0,
  CLP: 0,
  ISK: 0,
  KWD: 3,
  BHD: 3,
  OMR: 3,
  TND: 3,
  JOD: 3,
}

export function decimalsOf(currency: string): number {
  return DECIMALS[currency] ?? 2
}

/**
 * Money in another currency, with the set that said so and the original kept. Null where the set is not locked or has no
 * rate for it: nothing is posted at a guess.
 */
export function converted(
  money: Money,
  to: string,
  set: RateSet,
): (Money & { readonly original: Money; readonly rateSetId: string }) | null {
  if (money.currency === to) return { ...money, original: money, rateSetId: set.id }
  const rate = set.rates.find((each) => each.from === money.currency && each.to === to)
  if (!set.locked || rate === undefined) return null
  const [finer, coarser] = [10 ** decimalsOf(to), 10 ** decimalsOf(money.currency)]
  const amountMinor = partOf(
    money.amountMinor,
    BigInt(rate.numerator) * BigInt(finer),
    BigInt(rate.denominator) * BigInt(coarser),
  )
  return { amountMinor, currency: to, original: money, rateSetId: set.id }
}

/** What of a variance is our doing and what is the rate’s. Positive is favourable; both add up to the total. */
export interface ExchangeSplit {
  readonly totalMinor: number
  readonly operationalMinor: number
  readonly exchangeMinor: number
}

/**
 * Splits what an actual differs from its budget: at the budget’s rate it is operational, the rest is exchange.
 * Null where a set does not have the rate.
 */
export function exchangeSplit(
  budget: Money,
  actual: Money,
  { budgeted, average }: { readonly budgeted: RateSet; readonly average: RateSet },
): ExchangeSplit | null {
  const atBudget = converted(actual, budget.currency, budgeted)
  const atAverage = converted(actual, budget.currency, average)
  if (atBudget === null || atAverage === null) return null
  return {
    totalMinor: budget.amountMinor - atAverage.amountMinor,
    operationalMinor: budget.amountMinor - atBudget.amountMinor,
    exchangeMinor: atBudget.amountMinor - atAverage.amountMinor,
  }
}
