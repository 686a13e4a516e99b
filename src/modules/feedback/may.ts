import { type Asker, barredFromManaging, type Reason } from '#core/may.ts'

/** Asks people what they think: who manages. */
export function barredFromSurveying(asker: Asker): Reason | null {
  return barredFromManaging(asker)
}

/** Reads what single people said, where it may be known: who manages. Others read figures, also auditors. */
export function barredFromAnswers(asker: Asker): Reason | null {
  return barredFromManaging(asker) === null ? null : 'may.managers'
}
