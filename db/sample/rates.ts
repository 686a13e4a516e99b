import { DAY_MS, dateOf, weekdayOf } from '#core/calendar-rules.ts'
import { localAt } from '#core/zone.ts'
import type { SampleSite, SiteType } from './company.ts'
import type { Random } from './random.ts'

const HOUR_MS = 3_600_000

interface Rhythm {
  /** Share of the work in each hour of the local day, from midnight; any scale. */
  readonly hours: readonly number[]
  /** Of a working day, Monday to Sunday. */
  readonly weekdays: readonly number[]
  /** What is left of a day on a public holiday. */
  readonly holiday: number
  /** By month, January to December. */
  readonly months: readonly number[]
  /** Between Christmas and New Year. */
  readonly yearEnd: number
}

const months = [1.1, 1.04, 1.03, 0.98, 0.96, 0.98, 0.88, 0.87, 1.06, 1.06, 1.08, 0.96]
const peakSeason = [0.98, 0.95, 0.97, 0.98, 0.97, 0.97, 0.92, 0.93, 1.02, 1.06, 1.2, 1.16]

const office: Rhythm = {
  hours: [0.1, 0.1, 0.1, 0.1, 0.1, 0.3, 1.5, 5, 11, 13, 11, 9, 6, 9, 10, 8.5, 6, 3, 1.5, 0.8, 0.5, 0.4, 0.2, 0.1],
  weekdays: [1, 1, 0.98, 0.97, 0.82, 0.03, 0.02],
  holiday: 0.04,
  months,
  yearEnd: 0.35,
}

const rhythms: Readonly<Record<SiteType, Rhythm>> = {
  office,
  headquarters: {
    ...office,
    hours: office.hours.map((share, hour) => (hour >= 17 && hour <= 21 ? share * 1.8 : share)),
  },
  hub: { ...office, weekdays: [1, 1, 0.99, 0.98, 0.9, 0.1, 0.06], holiday: 0.1, yearEnd: 0.5 },
  // Two shifts from five to eleven at night: most is noticed when one begins.
  warehouse: {
    hours: [0.4, 0.3, 0.3, 0.4, 1.5, 6, 8, 7, 7.5, 7, 6.5, 6, 5, 6.5, 8, 6.5, 5.5, 5, 4.5, 4, 3.5, 3, 1.5, 0.6],
    weekdays: [1, 1, 1, 1, 0.96, 0.4, 0.06],
    holiday: 0.12,
    months: peakSeason,
    yearEnd: 0.6,
  },
  // Three shifts; the office is there by day.
  factory: {
    hours: [2.2, 2, 1.9, 1.9, 2, 3, 7, 7, 7.5, 7, 6.5, 6, 5, 5.5, 7, 6, 4.5, 3.8, 3.4, 3.2, 3, 3, 3.8, 2.6],
    weekdays: [1, 1, 1, 1, 0.97, 0.3, 0.16],
    holiday: 0.25,
    months,
    yearEnd: 0.5,
  },
  retail: {
    hours: [0.1, 0.1, 0.1, 0.1, 0.2, 0.4, 1, 3, 8, 12, 9, 8, 7.5, 7.5, 7, 7, 7.5, 8, 7, 4.5, 2, 0.8, 0.3, 0.1],
    weekdays: [1, 0.94, 0.94, 0.97, 1.08, 1.22, 0.62],
    holiday: 0.55,
    months: peakSeason,
    yearEnd: 1.15,
  },
  // Couriers bring the day's samples in the evening.
  lab: {
    hours: [0.6, 0.5, 0.5, 0.5, 0.8, 2, 6, 8, 8.5, 8, 7, 6, 5, 6, 6.5, 6, 6, 7, 8, 7.5, 6, 3.5, 1.5, 0.8],
    weekdays: [1.02, 1, 1, 1, 0.98, 0.5, 0.1],
    holiday: 0.25,
    months,
    yearEnd: 0.65,
  },
}

/** How much goes wrong at a site by the hour: its rhythm, its holidays, the season, and days that are worse than others. */
export interface Rates {
  /** Relative to the other sites and hours; the hour that begins at the instant. */
  readonly at: (hourStart: number) => number
}

/**
 * @param holidays Local dates on which the site's country rests.
 * @param from First instant asked about; asked hour by hour from there on.
 */
export function ratesOf(
  site: SampleSite,
  holidays: ReadonlySet<string>,
  { random, from }: { readonly random: Random; readonly from: number },
): Rates {
  const rhythm = rhythms[site.type]
  const dayShares = new Map<number, number>()
  const firstDay = Math.floor(localAt(site.timeZone, from) / DAY_MS) - 1
  const noise: number[] = []

  function workOn(day: number): number {
    const share = rhythm.weekdays[weekdayOf(day)]!
    return holidays.has(dateOf(day)) ? Math.min(share, rhythm.holiday) : share
  }

  function shareOf(day: number): number {
    const work = workOn(day)
    let rested = 0
    while (rested < 5 && workOn(day - 1 - rested) < 0.5) rested++
    // What has gathered over the weekend and the holidays comes on the first day back.
    const gathered = work >= 0.5 ? 1 + Math.min(0.5, 0.11 * rested) : 1
    const date = dateOf(day)
    const monthDay = date.slice(5)
    const yearEnd = monthDay >= '12-24' || monthDay <= '01-01' ? rhythm.yearEnd : 1
    // In order, so that a day's luck does not depend on what was asked before.
    while (noise.length <= day - firstDay) noise.push(Math.exp(0.13 * random.normal()))
    return work * gathered * yearEnd * rhythm.months[Number(date.slice(5, 7)) - 1]! * noise[day - firstDay]!
  }

  return {
    at: (hourStart) => {
      const local = localAt(site.timeZone, hourStart + HOUR_MS / 2)
      const day = Math.floor(local / DAY_MS)
      let share = dayShares.get(day)
      if (share === undefined) {
        share = shareOf(day)
        dayShares.set(day, share)
      }
      return site.people * share * rhythm.hours[Math.floor((local % DAY_MS) / HOUR_MS)]!
    },
  }
}
