/** Local dates; the last day belongs to it. */
interface Days {
  readonly from: string
  readonly to?: string
}

/** Which day it is in a zone: `2026-03-02`. */
export function todayIn(zone: string, now: Date): string {
  return new Intl.DateTimeFormat('sv', { timeZone: zone }).format(now)
}

/** The last days of the twelve months before today, and the one chosen if it is another; the latest first. */
export function openDays(today: string, chosen: string | undefined): readonly string[] {
  const [year, month] = [Number(today.slice(0, 4)), Number(today.slice(5, 7))]
  const ends = Array.from({ length: 12 }, (_, back) =>
    new Date(Date.UTC(year, month - 1 - back, 0)).toISOString().slice(0, 10),
  )
  return chosen === undefined || ends.includes(chosen) ? ends : [chosen, ...ends]
}

/** Periods that are asked for often, as days. */
export function periodsUntil(today: string) {
  const date = (years: number, months: number, day: number) =>
    new Date(Date.UTC(Number(today.slice(0, 4)) + years, Number(today.slice(5, 7)) - 1 + months, day))
      .toISOString()
      .slice(0, 10)
  const daysAgo = (days: number) => date(0, 0, Number(today.slice(8)) - days)
  const periods: readonly {
    readonly name: 'today' | 'week' | 'month' | 'last-month' | 'year'
    readonly period: Days
  }[] = [
    { name: 'today', period: { from: today, to: today } },
    { name: 'week', period: { from: daysAgo(6), to: today } },
    { name: 'month', period: { from: date(0, 0, 1) } },
    { name: 'last-month', period: { from: date(0, -1, 1), to: date(0, 0, 0) } },
    { name: 'year', period: { from: `${today.slice(0, 4)}-01-01` } },
  ]
  return periods
}
