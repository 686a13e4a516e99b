import { instantAt } from '#core/zone.ts'
import type { Period } from './fact-queries.ts'
import { TREND_MONTHS } from './facts.ts'

/** The months of a review of `month` (`2026-10`) in the customer's zone; `asOf` is `now` while the month lasts. */
export function periodOf(
  customer: { readonly id: string; readonly timeZone: string },
  month: string,
  now: Date,
): Period {
  const [year, number] = month.split('-').map(Number) as [number, number]
  const bounds = Array.from({ length: TREND_MONTHS + 1 }, (_, index) =>
    beginningOf(customer.timeZone, year, number - TREND_MONTHS + index),
  )
  const from = bounds[TREND_MONTHS - 1]!
  const to = bounds[TREND_MONTHS]!
  return { customerId: customer.id, bounds, from, to, asOf: now < to ? now : to }
}

/** The months of the trend, as `YYYY-MM`, the reviewed one last. */
export function trendMonths(month: string): string[] {
  const [year, number] = month.split('-').map(Number) as [number, number]
  return Array.from({ length: TREND_MONTHS }, (_, index) =>
    new Date(Date.UTC(year, number - TREND_MONTHS + index, 1)).toISOString().slice(0, 7),
  )
}

/** @param monthIndex From 0; below 0 or above 11 it is in another year. */
function beginningOf(zone: string, year: number, monthIndex: number): Date {
  return new Date(instantAt(zone, Date.UTC(year, monthIndex, 1)))
}
