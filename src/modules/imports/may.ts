import { type Asker, barredFromManaging, type Reason } from '#core/may.ts'

/** Service managers and administrators bring tickets in, for the customers that they work for. */
export function barredFromImporting(asker: Asker): Reason | null {
  return barredFromManaging(asker)
}

/** Who imports sees imports; so does an auditor. */
export function barredFromSeeingImports(asker: Asker): Reason | null {
  return asker.access === 'auditor' ? null : barredFromManaging(asker)
}
