import { type Flows, internalRate, payback, presentValue } from '#core/business-case.ts'

/** What speaks for spending money: estimates, in the smallest unit, by year from the first one on. */
export interface BusinessCase {
  readonly benefitsMinor: readonly number[]
  /** What it adds to the running cost of each of these years; below zero where it saves some. */
  readonly runCostMinor: readonly number[]
  /** A year's interest, in basis points. */
  readonly rateBp: number
  readonly risk: 'low' | 'medium' | 'high'
  readonly riskNote: string
  readonly alternatives: string
}

export interface CaseResult {
  readonly presentValueMinor: number
  /** Basis points; null: none between 0 and 1,000 %. */
  readonly internalRateBp: number | null
  readonly paybackYears: number | null
}

/** Whether it pays: spending now, then what each year brings less what it costs to run (APR-01 in DOMAIN §3.10). */
export function caseResult(
  { amountMinor, contingencyMinor }: { readonly amountMinor: number; readonly contingencyMinor: number },
  { benefitsMinor, runCostMinor, rateBp }: BusinessCase,
): CaseResult {
  const flows: Flows = [
    -(amountMinor + contingencyMinor),
    ...benefitsMinor.map((benefit, year) => benefit - (runCostMinor[year] ?? 0)),
  ]
  return {
    presentValueMinor: presentValue(flows, rateBp),
    internalRateBp: internalRate(flows),
    paybackYears: payback(flows),
  }
}
