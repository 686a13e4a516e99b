import { addMonths, monthAt } from '#web/ui/month.ts'

/** From when to when something is counted, in days of the customer's zone. */
export interface Period {
  readonly kind: 'month' | 'last-12' | 'custom'
  /** First day. */
  readonly from: string
  /** Day after the last. */
  readonly to: string
  /** The last twelve months up to its end: what a trend shows, as `2026-10`. */
  readonly months: readonly string[]
}

/** What of the period stands in the address; `to` is there the last day, as people say it. */
export interface PeriodSearch {
  readonly period?: 'last-12' | 'custom' | undefined
  readonly month?: string | undefined
  readonly from?: string | undefined
  readonly to?: string | undefined
}

const TREND_MONTHS = 12

/** The period of an address; without one the last month that is over. */
export function periodOf({ period, month, from, to }: PeriodSearch, now: Date, zone: string): Period {
  const current = monthAt(now, zone)
  if (period === 'last-12') return spanning('last-12', addMonths(current, -TREND_MONTHS), addMonths(current, -1))
  if (period === 'custom' && from !== undefined && to !== undefined && from <= to) {
    return { kind: 'custom', from, to: addDays(to, 1), months: monthsUpTo(to.slice(0, 7)) }
  }
  const shown = month ?? addMonths(current, -1)
  return spanning('month', shown, shown)
}

function spanning(kind: Period['kind'], first: string, last: string): Period {
  return { kind, from: `${first}-01`, to: `${addMonths(last, 1)}-01`, months: monthsUpTo(last) }
}

function monthsUpTo(last: string): string[] {
  return Array.from({ length: TREND_MONTHS }, (_, index) => addMonths(last, index - TREND_MONTHS + 1))
}

/** Whether the last day of a period has ended where the customer is. */
export function isOver({ to }: Pick<Period, 'to'>, now: Date, zone: string): boolean {
  const today = new Intl.DateTimeFormat('en-CA', { timeZone: zone, dateStyle: 'short' }).format(now)
  return to <= today
}

/** A period as it stands in the address: a whole month by its name. */
export function periodSearch({ from, to }: Pick<Period, 'from' | 'to'>): PeriodSearch {
  const month = from.slice(0, 7)
  if (from === `${month}-01` && to === `${addMonths(month, 1)}-01`) return { month }
  return { period: 'custom', from, to: addDays(to, -1) }
}

/** The day so many days later; earlier for a negative number. */
export function addDays(day: string, count: number): string {
  const date = new Date(`${day}T12:00:00Z`)
  date.setUTCDate(date.getUTCDate() + count)
  return date.toISOString().slice(0, 10)
}

/** Noon of a day, which is that day in every zone that a page is shown in when written in UTC. */
export function noonOf(day: string): Date {
  return new Date(`${day}T12:00:00Z`)
}

/** The period of the same length before, or the same a year earlier. */
export function earlier({ kind, from, to }: Period, by: 'before' | 'year-before'): Period {
  if (kind === 'custom') {
    const days = by === 'before' ? daysBetween(from, to) : daysBetween(yearBefore(to), to)
    const [first, end] = [addDays(from, -days), addDays(to, -days)]
    return { kind, from: first, to: end, months: monthsUpTo(addDays(end, -1).slice(0, 7)) }
  }
  const months = by === 'year-before' || kind === 'last-12' ? TREND_MONTHS : 1
  const last = addMonths(to.slice(0, 7), -1)
  return spanning(kind, addMonths(from.slice(0, 7), -months), addMonths(last, -months))
}

function yearBefore(day: string): string {
  return `${Number(day.slice(0, 4)) - 1}${day.slice(4)}`
}

function daysBetween(from: string, to: string): number {
  return Math.round((noonOf(to).getTime() - noonOf(from).getTime()) / 86_400_000)
}
