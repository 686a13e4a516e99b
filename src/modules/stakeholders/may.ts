import { type Asker, barredFromManaging, type Reason } from '#core/may.ts'

/** Reads and writes what is known of stakeholders: who manages the relationship. Neither agents nor auditors nor customers. */
export function barredFromRelating(asker: Asker): Reason | null {
  return barredFromManaging(asker)
}
