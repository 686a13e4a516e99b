import { type CalendarRules, compileCalendar, openMsBetween, type OpenWindow, windowsOn } from '#core/calendar.ts'
import { DAY_MS, dateOf, dayOf } from '#core/calendar-rules.ts'
import { instantAt } from '#core/zone.ts'

const HOUR_MS = 3_600_000

/** A weekday, 0 is Monday, that has other hours. */
interface WeekdayDifference {
  readonly day: number
  readonly before: readonly OpenWindow[]
  readonly after: readonly OpenWindow[]
}

/** A date that differs by itself and not only because its weekday does. */
interface DateDifference {
  readonly date: string
  readonly label: string
  readonly before: readonly OpenWindow[]
  readonly after: readonly OpenWindow[]
}

/** What changes from one version of hours to another. */
export interface HoursDifference {
  /** Null where both are read on the same clocks. */
  readonly zone: { readonly before: string; readonly after: string } | null
  readonly week: readonly WeekdayDifference[]
  /** Of the year, by date. */
  readonly dates: readonly DateDifference[]
  /** Open hours of the year, if either held for all of it. */
  readonly hours: { readonly before: number; readonly after: number }
}

/** Compares two versions of hours by a year. */
export function differencesOf(before: CalendarRules, after: CalendarRules, year: number): HoursDifference {
  const first = dayOf(`${year}-01-01`)
  const days = dayOf(`${year + 1}-01-01`) - first
  const dates: DateDifference[] = []
  for (let day = first; day < first + days; day++) {
    const date = dateOf(day)
    const [was, is] = [windowsOn(before, date), windowsOn(after, date)]
    if ((was.exception === null && is.exception === null) || same(was.windows, is.windows)) continue
    dates.push({
      date,
      label: is.exception?.label || was.exception?.label || '',
      before: was.windows,
      after: is.windows,
    })
  }
  return {
    zone: before.timeZone === after.timeZone ? null : { before: before.timeZone, after: after.timeZone },
    week: after.week.flatMap((windows, day) => {
      const was = before.week[day] ?? []
      return same(was, windows) ? [] : [{ day, before: was, after: windows }]
    }),
    dates,
    hours: { before: openHoursIn(before, year), after: openHoursIn(after, year) },
  }
}

/** Whether two versions are the same in a year. */
export function isSame({ zone, week, dates }: HoursDifference): boolean {
  return zone === null && week.length === 0 && dates.length === 0
}

/** Open hours of a year on the clocks of the rules' zone, to the nearest hour. */
export function openHoursIn(rules: CalendarRules, year: number): number {
  const start = (of: number) => instantAt(rules.timeZone, dayOf(`${of}-01-01`) * DAY_MS)
  return Math.round(openMsBetween(compileCalendar(rules), start(year), start(year + 1)) / HOUR_MS)
}

function same(one: readonly OpenWindow[], other: readonly OpenWindow[]): boolean {
  const written = (windows: readonly OpenWindow[]) =>
    windows
      .map(({ opens, closes }) => `${opens}-${closes}`)
      .toSorted()
      .join(' ')
  return written(one) === written(other)
}
