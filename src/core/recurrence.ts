/*
 * When something falls due again and again: the part of RFC 5545's recurrence rules that contracts use, over local dates.
 * A date that a month does not have (the 31st of April) is its last day, as contracts mean it.
 */

export interface Recurrence {
  readonly frequency: 'weekly' | 'monthly' | 'yearly'
  /** Every so many weeks, months or years. */
  readonly interval: number
  /** Day of the month, 1 to 31; −1 is the last. Null: that of the first date. Not of weeks. */
  readonly monthDay: number | null
  /** Month of the year, 1 to 12; of years alone. Null: that of the first date. */
  readonly month: number | null
}

const FREQUENCIES: Readonly<Record<string, Recurrence['frequency'] | undefined>> = {
  WEEKLY: 'weekly',
  MONTHLY: 'monthly',
  YEARLY: 'yearly',
}

/** `FREQ=MONTHLY;INTERVAL=3;BYMONTHDAY=-1`. Null when it is not such a rule, or says what is not understood here. */
export function readRecurrence(text: string): Recurrence | null {
  const parts = new Map<string, string>()
  for (const each of text.replace(/^RRULE:/, '').split(';')) {
    const [name, value, ...more] = each.split('=')
    if (!name || !value || more.length > 0 || parts.has(name)) return null
    parts.set(name, value)
  }
  const frequency = FREQUENCIES[parts.get('FREQ') ?? '']
  const number = (name: string, fits: (value: number) => boolean): number | null | undefined => {
    const value = parts.get(name)
    if (value === undefined) return null
    return /^-?\d{1,3}$/.test(value) && fits(Number(value)) ? Number(value) : undefined
  }
  const interval = number('INTERVAL', (value) => value >= 1 && value <= 120)
  const monthDay = number('BYMONTHDAY', (value) => value === -1 || (value >= 1 && value <= 31))
  const month = number('BYMONTH', (value) => value >= 1 && value <= 12)
  const known = new Set(['FREQ', 'INTERVAL', 'BYMONTHDAY', 'BYMONTH'])
  if (frequency === undefined || interval === undefined || monthDay === undefined || month === undefined) return null
  if ([...parts.keys()].some((name) => !known.has(name))) return null
  if (frequency === 'weekly' && (monthDay !== null || month !== null)) return null
  if (frequency === 'monthly' && month !== null) return null
  return { frequency, interval: interval ?? 1, monthDay, month }
}

/** The rule as calendars read it. */
export function writeRecurrence({ frequency, interval, monthDay, month }: Recurrence): string {
  return [
    `FREQ=${frequency.toUpperCase()}`,
    ...(interval === 1 ? [] : [`INTERVAL=${interval}`]),
    ...(month === null ? [] : [`BYMONTH=${month}`]),
    ...(monthDay === null ? [] : [`BYMONTHDAY=${monthDay}`]),
  ].join(';')
}

/** Dates in `[from, to)`, none before `start`, the earliest first; at most 500. */
export function occurrences(
  rule: Recurrence,
  { start, from, to }: { readonly start: string; readonly from: string; readonly to: string },
): readonly string[] {
  const found: string[] = []
  for (let step = 0; found.length < 500; step++) {
    const date = nth(rule, start, step)
    if (date >= to || date > '9998') break
    if (date >= start && date >= from) found.push(date)
  }
  return found
}

function nth({ frequency, interval, monthDay, month }: Recurrence, start: string, step: number): string {
  if (frequency === 'weekly') return daysAfter(start, 7 * interval * step)
  const [year, startMonth, startDay] = start.split('-').map(Number) as [number, number, number]
  const first = frequency === 'yearly' ? (month ?? startMonth) : startMonth
  const months = year * 12 + first - 1 + step * interval * (frequency === 'yearly' ? 12 : 1)
  return dateIn(Math.floor(months / 12), (months % 12) + 1, monthDay ?? startDay)
}

/** A day of a month; one that it does not have, or −1, is its last. */
function dateIn(year: number, month: number, day: number): string {
  const last = new Date(Date.UTC(year, month, 0)).getUTCDate()
  return isoDate(Date.UTC(year, month - 1, day === -1 ? last : Math.min(day, last)))
}

function isoDate(ms: number): string {
  return new Date(ms).toISOString().slice(0, 10)
}

/** A local date so many days later; earlier with a negative number. */
export function daysAfter(date: string, days: number): string {
  return isoDate(Date.parse(`${date}T00:00:00Z`) + days * 86_400_000)
}

/** The same day so many months later, or the last of that month. */
export function monthsAfter(date: string, months: number): string {
  const [year, month, day] = date.split('-').map(Number) as [number, number, number]
  const all = year * 12 + month - 1 + months
  return dateIn(Math.floor(all / 12), (((all % 12) + 12) % 12) + 1, day)
}

/** Whole days from one local date to another; negative when it is over. */
export function daysBetween(from: string, to: string): number {
  return Math.round((Date.parse(`${to}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / 86_400_000)
}
