import { createHash } from 'node:crypto'
import { instantAt } from '#core/zone.ts'
import { holidaysOf } from '#platform/holidays.ts'
import { type HolidayPlace, sampleCompany } from './company.ts'
import { ticketsOf } from './generate.ts'
import type { SamplePlan } from './world.ts'

const holidays = new Map<string, Set<string>>()

async function holidaysIn({ country, state }: HolidayPlace): Promise<ReadonlySet<string>> {
  const name = `${country} ${state}`
  const known = holidays.get(name)
  if (known) return known
  const dates = new Set<string>()
  for (const year of [2025, 2026]) {
    for (const { date } of await holidaysOf({ country, state, year, language: 'en' })) dates.add(date)
  }
  holidays.set(name, dates)
  return dates
}

/** The year before 22 November 2026, or its last months. */
export async function planFor({
  tickets,
  seed = '1',
  months = 12,
}: {
  readonly tickets: number
  readonly seed?: string
  readonly months?: number
}): Promise<SamplePlan> {
  const company = sampleCompany({ seed, tickets })
  const rules = new Map<string, SamplePlan['company']['calendars'][number]['rules']>()
  for (const { key, place, rules: week } of company.calendars) {
    const closed = place === null ? [] : [...(await holidaysIn(place))].toSorted()
    rules.set(key, { ...week, exceptions: closed.map((date) => ({ date, windows: [] })) })
  }
  for (const { place } of company.sites) await holidaysIn(place)
  return {
    company,
    seed,
    tickets,
    from: instantAt('Europe/Berlin', Date.UTC(2026, 10 - months, 22)),
    to: instantAt('Europe/Berlin', Date.UTC(2026, 10, 22)),
    rules,
    holidays: ({ country, state }) => holidays.get(`${country} ${state}`)!,
  }
}

/** Of everything that is generated. */
export function checksumOf(plan: SamplePlan): string {
  const hash = createHash('sha256')
  for (const ticket of ticketsOf(plan)) hash.update(JSON.stringify(ticket))
  return hash.digest('hex')
}
