import type { Ratio } from '#core/attainment.ts'

/** Of a cost: positive is favourable, less was spent than planned. */
export function variance(budgetMinor: number, actualMinor: number): number {
  return budgetMinor - actualMinor
}

/** How the year will end: what was spent so far, and the latest forecast of the rest. */
export function yearOutlook(actuals: readonly number[], forecast: readonly number[]): number {
  return [...actuals, ...forecast.slice(actuals.length)].reduce((sum, each) => sum + each, 0)
}

export interface UnitOfWork {
  /** What one cost in the year before. */
  readonly baseUnitMinor: number
  readonly volume: number
}

/** How much less this year's work cost than the same work at last year's unit costs: expected, saved, and the share. */
export function efficiency(
  work: readonly UnitOfWork[],
  actualMinor: number,
): { readonly expectedMinor: number; readonly savedMinor: number; readonly share: Ratio | null } {
  const expectedMinor = work.reduce((sum, { baseUnitMinor, volume }) => sum + baseUnitMinor * volume, 0)
  const savedMinor = expectedMinor - actualMinor
  return {
    expectedMinor,
    savedMinor,
    share: expectedMinor === 0 ? null : { numerator: savedMinor, denominator: expectedMinor },
  }
}

/** How many to buy: due by age, those of the others that will fail (rounded up), growth, less what can be used again. */
export function refreshNeed({
  due,
  others,
  failureBp,
  growth,
  reusable,
}: {
  readonly due: number
  readonly others: number
  readonly failureBp: number
  readonly growth: number
  readonly reusable: number
}): number {
  return Math.max(0, due + Math.ceil((others * failureBp) / 10_000) + growth - reusable)
}

/** Whether what is forecast is over what was approved by more than is tolerated. */
export function needsSupplement(approvedMinor: number, forecastMinor: number, toleranceBp = 1000): boolean {
  return BigInt(forecastMinor) * 10_000n > BigInt(approvedMinor) * BigInt(10_000 + toleranceBp)
}
