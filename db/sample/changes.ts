/** A change of a contract that was offered. */
export interface SampleChange {
  readonly title: string
  readonly description: string
  readonly scopeImpact: string
  readonly revenueMinor: number
  readonly costMinor: number
  readonly newLine: { readonly name: string; readonly amountMinor: number }
  /** Worked for it before anybody signed. */
  readonly minutes: number
  readonly note: string
}
