import { DAY_MS, dateOf, dayOf } from '#core/calendar-rules.ts'
import type { Language } from '#core/text.ts'

/** A country (ISO 3166-1 alpha-2), and of it a state and of that a region, by the codes that `holidayPlaces` lists. */
export interface HolidayPlace {
  readonly country: string
  readonly state?: string | undefined
  readonly region?: string | undefined
}

export type HolidayType = 'public' | 'bank' | 'school' | 'optional' | 'observance'

/** A whole local date on which people do not work, or not as always. */
export interface Holiday {
  readonly date: string
  readonly name: string
  readonly type: HolidayType
}

/** The library is 12 MB and needed when somebody edits a calendar: it is loaded then. */
const library = async () => (await import('date-holidays')).default

/**
 * Holidays of a place in a year, by date: a proposal that people may edit, since no list knows every agreement. The days
 * on which a holiday is observed instead (a Monday for a Sunday) are in it beside the day itself. Half holidays are not,
 * for the calendar is not closed on them. Empty for a country that is not known; of a state or region that is not known
 * the holidays of the country or state.
 *
 * @param types Public holidays unless said otherwise.
 */
export async function holidaysOf({
  country,
  state,
  region,
  year,
  language,
  types = ['public'],
}: HolidayPlace & {
  readonly year: number
  readonly language: Language
  readonly types?: readonly HolidayType[]
}): Promise<Holiday[]> {
  const Holidays = await library()
  const place = { country, ...(state === undefined ? {} : { state }), ...(region === undefined ? {} : { region }) }
  const known = new Holidays(place, { languages: [language, 'en'] })
  const byDate = new Map<string, Holiday>()
  // One that lasts several days may have begun in the year before.
  for (const from of [year - 1, year]) {
    for (const { date, name, type, start, end } of known.getHolidays(from)) {
      if (!types.includes(type) || !beginsAtMidnight(date)) continue
      const days = Math.max(1, Math.round((end.getTime() - start.getTime()) / DAY_MS))
      for (let passed = 0; passed < days; passed++) {
        const day = dateOf(dayOf(date.slice(0, 10)) + passed)
        if (day.startsWith(`${year}-`) && !byDate.has(day)) byDate.set(day, { date: day, name, type })
      }
    }
  }
  return [...byDate.values()].toSorted((one, other) => one.date.localeCompare(other.date))
}

/** `2026-12-24 14:00:00` is an afternoon off. */
function beginsAtMidnight(date: string): boolean {
  return date.slice(11, 19) === '00:00:00'
}

/** Countries whose holidays are known; with a country its states, with a state its regions. By name. */
export async function holidayPlaces({
  country,
  state,
  language,
}: {
  readonly country?: string | undefined
  readonly state?: string | undefined
  readonly language: Language
}): Promise<{ readonly code: string; readonly name: string }[]> {
  const Holidays = await library()
  const known = new Holidays()
  // The library knows most countries by their own name only.
  const countryName = new Intl.DisplayNames(language, { type: 'region' })
  const names =
    country === undefined
      ? Object.fromEntries(Object.keys(known.getCountries()).map((code) => [code, countryName.of(code) ?? code]))
      : state === undefined
        ? known.getStates(country, language)
        : known.getRegions(country, state, language)
  return Object.entries(names ?? {})
    .map(([code, name]) => ({ code, name }))
    .toSorted((one, other) => one.name.localeCompare(other.name, language))
}
