import type { ReportKind } from './facts.ts'
import { booksReports } from './layout.ts'
import { type Asker, barredFromManaging, type Reason } from '#core/may.ts'

/** Makes service reviews: who manages the service. Reports of money alone are made by who keeps the books as well. */
export function barredFromMaking(asker: Asker, report: ReportKind = 'R01'): Reason | null {
  if (asker.roles.has('finance') && booksReports.has(report)) return null
  return barredFromManaging(asker)
}

/** Makes any report at all: who keeps the books makes those of money alone. */
export function barredFromMakingAny(asker: Asker): Reason | null {
  return asker.roles.has('finance') ? null : barredFromManaging(asker)
}

/** Hands a review to the customer: who answers for it. */
export function barredFromIssuing(asker: Asker): Reason | null {
  return barredFromManaging(asker)
}
