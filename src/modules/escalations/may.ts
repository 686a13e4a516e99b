import { type Asker, barredFromManaging, type Reason } from '#core/may.ts'

/** Says by which rules escalations are raised: who manages. */
export function barredFromRuling(asker: Asker): Reason | null {
  return barredFromManaging(asker)
}
