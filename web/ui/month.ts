/** Months as `2026-10`. */

/** The month so many months later; earlier for a negative number. */
export function addMonths(month: string, count: number): string {
  const index = Number(month.slice(0, 4)) * 12 + Number(month.slice(5, 7)) - 1 + count
  return monthOf(Math.floor(index / 12), (index % 12) + 1)
}

/** The twelve of a year. */
export function monthsOf(year: number): string[] {
  return Array.from({ length: 12 }, (_, index) => monthOf(year, index + 1))
}

/** The month in which an instant lies, in a zone. */
export function monthAt(at: Date, zone: string): string {
  const parts = new Intl.DateTimeFormat('en-CA', { timeZone: zone, year: 'numeric', month: '2-digit' }).formatToParts(
    at,
  )
  const part = (type: string) => parts.find((each) => each.type === type)?.value ?? ''
  return `${part('year')}-${part('month')}`
}

function monthOf(year: number, month: number): string {
  return `${String(year).padStart(4, '0')}-${String(month).padStart(2, '0')}`
}

/** This one in a zone: the last of which there is something to choose. */
export function currentMonth(zone: string): string {
  return monthAt(new Date(), zone)
}
