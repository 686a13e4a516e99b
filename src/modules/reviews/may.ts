import { type Asker, barredFromManaging, type Reason } from '#core/may.ts'

/** Makes service reviews: who manages the service. */
export function barredFromMaking(asker: Asker): Reason | null {
  return barredFromManaging(asker)
}

/** Hands a review to the customer: who answers for it. */
export function barredFromIssuing(asker: Asker): Reason | null {
  return barredFromManaging(asker)
}
