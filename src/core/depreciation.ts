import { partOf } from '#core/money.ts'

export interface Depreciating {
  readonly costMinor: number
  readonly residualMinor: number
  /** At least one. */
  readonly months: number
}

/** What is written off each month in a straight line; the last month takes what rounding left, so that they add up. */
export function depreciation({ costMinor, residualMinor, months }: Depreciating): readonly number[] {
  const whole = costMinor - residualMinor
  const each = partOf(whole, 1, months)
  return Array.from({ length: months }, (_, index) => (index < months - 1 ? each : whole - each * (months - 1)))
}

/** What it is worth in the books after so many months. */
export function bookValue(asset: Depreciating, after: number): number {
  return depreciation(asset)
    .slice(0, Math.max(0, after))
    .reduce((left, each) => left - each, asset.costMinor)
}

/** Gain of a sale, negative where it is a loss. */
export function gainOfSale(asset: Depreciating, after: number, priceMinor: number): number {
  return priceMinor - bookValue(asset, after)
}
