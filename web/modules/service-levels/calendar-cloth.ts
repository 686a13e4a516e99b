import type { CalendarVersionView } from '#api/service-levels'
import { compileVersions, openMsBetween } from '#core/calendar.ts'
import { dateOf, dayOf, windowsOn } from '#core/calendar-rules.ts'
import { instantAt } from '#core/zone.ts'

const DAY_MINUTES = 1440
const HOUR_MS = 3_600_000

/** A year of hours, day by day, ready to be drawn. */
export interface Cloth {
  readonly days: number
  /** Of each month the day it begins with. */
  readonly months: readonly number[]
  readonly open: readonly { readonly day: number; readonly from: number; readonly to: number }[]
  /** Days that would be open by their weekday. */
  readonly holidays: readonly { readonly day: number; readonly label: string }[]
  /** Days with which another version begins. */
  readonly changes: readonly number[]
  readonly hours: number
}

/** @param versions The newest first, as a calendar has them. */
export function weave(versions: readonly CalendarVersionView[], year: number): Cloth {
  const zone = versions[0]?.rules.timeZone ?? 'UTC'
  const first = dayOf(`${year}-01-01`)
  const days = dayOf(`${year + 1}-01-01`) - first
  const startOf = (day: number) => instantAt(zone, (first + day) * 24 * HOUR_MS)
  const open: { day: number; from: number; to: number }[] = []
  const holidays: { day: number; label: string }[] = []
  for (let day = 0; day < days; day++) {
    const noon = startOf(day) + 12 * HOUR_MS
    const version = versions.find(
      ({ validFrom, validTo }) => validFrom.getTime() <= noon && (validTo === null || noon < validTo.getTime()),
    )
    if (!version) continue
    const { windows, exception } = windowsOn(version.rules, dateOf(first + day))
    for (const { opens, closes } of windows) {
      open.push({ day, from: opens, to: Math.min(closes, DAY_MINUTES) })
      if (closes > DAY_MINUTES && day + 1 < days) open.push({ day: day + 1, from: 0, to: closes - DAY_MINUTES })
    }
    const usual = version.rules.week[(first + day + 3) % 7] ?? []
    if (exception !== null && windows.length === 0 && usual.length > 0)
      holidays.push({ day, label: exception.label ?? '' })
  }
  const times = versions.map(({ rules, validFrom, validTo }) => ({
    rules,
    from: validFrom.getTime(),
    to: validTo?.getTime() ?? Infinity,
  }))
  const compiled = compileVersions(times.toSorted((one, other) => one.from - other.from))
  return {
    days,
    months: Array.from({ length: 12 }, (_, month) => Math.round(Date.UTC(year, month, 1) / (24 * HOUR_MS)) - first),
    open,
    holidays,
    changes: versions
      .map(({ validFrom }) => Math.round((validFrom.getTime() - startOf(0)) / (24 * HOUR_MS)))
      .filter((day) => day > 0 && day < days),
    hours: Math.round(openMsBetween(compiled, startOf(0), startOf(days)) / HOUR_MS),
  }
}

/** A word over a day of the picture. */
interface Mark {
  readonly x: number
  readonly text: string
}

/** Rows of words above the picture, the lower one first. */
const ROWS = 2
const LETTER = 6.3
const GAP = 10

/** Words that find a place in one of the rows above a picture of `width`; the others are left to the pointer and the list. */
export function placedWords(marks: readonly Mark[], width: number): readonly (Mark & { readonly row: number })[] {
  const ends: number[] = Array.from({ length: ROWS }, () => -Infinity)
  return marks.flatMap(({ x, text }) => {
    const length = text.length * LETTER
    const left = Math.min(x, width - length)
    const row = ends.findIndex((end) => end + GAP <= left)
    if (row < 0 || left < 0) return []
    ends[row] = left + length
    return [{ x: left, text, row }]
  })
}
