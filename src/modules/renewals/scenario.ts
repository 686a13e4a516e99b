import { partOf } from '#core/money.ts'
import type { Scenario, ScenarioTerms } from './api.ts'

type Year = Scenario['before']

export interface ScenarioBasis {
  /** What those months brought before credits and cost, without what is passed through. */
  readonly revenueMinor: number
  readonly costMinor: number
  readonly creditsMinor: number
  /** How many months they are; one at least. */
  readonly months: number
  /** What the levels of the scenario would have cost them at the old prices. */
  readonly newCreditsMinor: number
  readonly committedBp: number | null
}

/**
 * The same months by other terms: prices and cost change by their shares, credits with the prices that they are a share of.
 * Amounts are rounded half away from zero, once each; the term's margin goes on at that rate.
 */
export function scenarioOf(
  basis: ScenarioBasis,
  { months, priceBp, costBp }: ScenarioTerms,
): Pick<Scenario, 'before' | 'after' | 'termMinor' | 'belowCommitted'> {
  const changed = (minor: number, byBp: number) => partOf(minor, 10_000 + byBp, 10_000)
  const before = yearOf(basis)
  const after = yearOf({
    revenueMinor: changed(basis.revenueMinor, priceBp),
    costMinor: changed(basis.costMinor, costBp),
    creditsMinor: changed(basis.newCreditsMinor, priceBp),
  })
  const kept = after.revenueMinor - after.creditsMinor
  const { committedBp } = basis
  return {
    before,
    after,
    termMinor: partOf(after.marginMinor, months, basis.months),
    belowCommitted:
      committedBp !== null && kept > 0 && BigInt(after.marginMinor) * 10_000n < BigInt(committedBp) * BigInt(kept),
  }
}

function yearOf({ revenueMinor, costMinor, creditsMinor }: Omit<Year, 'marginMinor'>): Year {
  return { revenueMinor, costMinor, creditsMinor, marginMinor: revenueMinor - creditsMinor - costMinor }
}
