import { dateOf, DAY_MS, dayOf } from '#core/calendar-rules.ts'
import { instantAt, localAt } from '#core/zone.ts'
import { holidaysOf } from '#platform/holidays.ts'
import type { HolidayPlace, SampleCompany } from '#sample/company.ts'

/** In whose days the sample's period is counted, whatever the machine's own zone is. */
const SAMPLE_ZONE = 'Europe/Berlin'

/** Instants; the end is exclusive. */
export interface Period {
  readonly from: number
  readonly to: number
}

/** The local date at an instant. */
export function today(now: Date): string {
  return dateOf(Math.floor(localAt(SAMPLE_ZONE, now.getTime()) / DAY_MS))
}

/** So many months that end with the day before `until`; on a day that a shorter month lacks they begin on its last. */
export function periodOf(until: string, months: number): Period {
  const end = dayOf(until)
  const [year, month, day] = until.split('-').map(Number) as [number, number, number]
  const firstOfMonth = new Date(Date.UTC(year, month - 1 - months, 1))
  const daysInMonth = new Date(Date.UTC(year, month - months, 0)).getUTCDate()
  const begin = firstOfMonth.getTime() / DAY_MS + Math.min(day, daysInMonth) - 1
  return { from: instantAt(SAMPLE_ZONE, begin * DAY_MS), to: instantAt(SAMPLE_ZONE, end * DAY_MS) }
}

/** Public holidays of the company's sites in the period's years. */
export async function holidaysIn(
  { sites }: Pick<SampleCompany, 'sites'>,
  { from, to }: Period,
): Promise<(place: HolidayPlace) => ReadonlySet<string>> {
  const dates = new Map<string, Set<string>>()
  const [first, last] = [new Date(from).getUTCFullYear(), new Date(to).getUTCFullYear()]
  for (const { place } of sites) {
    if (dates.has(nameOf(place))) continue
    const of = new Set<string>()
    for (let year = first; year <= last; year++) {
      for (const { date } of await holidaysOf({ ...place, year, language: 'en' })) of.add(date)
    }
    dates.set(nameOf(place), of)
  }
  return (place) => dates.get(nameOf(place)) ?? new Set()
}

function nameOf({ country, state = '' }: HolidayPlace): string {
  return `${country}-${state}`
}
