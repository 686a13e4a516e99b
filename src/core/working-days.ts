import { DAY_MS, dateOf, dayOf, MINUTE_MS, windowsOn, type CalendarRules } from '#core/calendar-rules.ts'
import { nextOpening, openMsBetween, previousClosing, rulesAt, type OpenTime } from '#core/calendar.ts'
import type { ClockTarget } from '#core/clock-terms.ts'
import { instantAt, isLeftOut, localAt } from '#core/zone.ts'

/** How an agreement that counts in working days means them. */
export interface DayCounting {
  /**
   * `kept`: the clock time of the start holds on the last day, open or not; a start on a closed day first moves to the
   * next working day. `within-hours`: a start outside of the hours first moves to the next opening, and so does the end.
   */
  readonly clockTime: 'kept' | 'within-hours'
  /** The end is the closing time of the last day. */
  readonly endOfDay?: boolean
  /** A kept clock time after the closing time of the last day is pulled back to it. */
  readonly overflow?: 'kept' | 'closing'
}

/** Without a working day in so many days there is none to come. */
const LONGEST_CLOSURE_DAYS = 5 * 366

/** As far as calendars reach. */
const FIRST_DAY = dayOf('1900-01-01')
const LAST_DAY = dayOf('2200-01-01')

/**
 * The moment a number of working days after the start, before it when negative. A working day is a local date on which a
 * window opens, by the version of the calendar that holds then; the day of the start is not counted. Null when the
 * calendar has no such day (within five years, from 1900 to 2200).
 */
export function addWorkingDays(open: OpenTime, start: number, days: number, counting: DayCounting): number | null {
  const { timeZone } = rulesAt(open, start)
  const step = days < 0 ? -1 : 1
  const withinHours = counting.clockTime === 'within-hours'
  const begin = withinHours ? intoHours(open, start, step) : start
  if (begin === null) return null
  const local = localAt(timeZone, begin)
  const timeOfDay = ((local % DAY_MS) + DAY_MS) % DAY_MS
  let day: number | null = (local - timeOfDay) / DAY_MS
  if (!withinHours) day = workingDayFrom(open, day, step)
  for (let left = Math.abs(days); left > 0 && day !== null; left--) day = workingDayFrom(open, day + step, step)
  if (day === null) return null

  const end = instantAt(timeZone, day * DAY_MS + timeOfDay)
  const closing = closingOf(open, day)
  if (counting.endOfDay === true) return closing
  if (counting.overflow === 'closing' && closing !== null) return Math.min(end, closing)
  return withinHours ? intoHours(open, end, step) : end
}

function intoHours(open: OpenTime, instant: number, step: number): number | null {
  return step > 0 ? nextOpening(open, instant) : previousClosing(open, instant)
}

/** Whether a window opens on the local date; never on one that the zone left out. */
export function isWorkingDay(rules: CalendarRules, date: string): boolean {
  return (
    !isLeftOut(rules.timeZone, dayOf(date) * DAY_MS) &&
    windowsOn(rules, date).windows.some(({ opens, closes }) => closes > opens)
  )
}

/** The day itself if it is a working day, else the next in the direction. */
function workingDayFrom(open: OpenTime, start: number, step: number): number | null {
  for (let passed = 0; passed < LONGEST_CLOSURE_DAYS; passed++) {
    const day = start + passed * step
    if (day < FIRST_DAY || day > LAST_DAY) return null
    if (isWorkingDay(rulesOn(open, day), dateOf(day))) return day
  }
  return null
}

function closingOf(open: OpenTime, day: number): number | null {
  const rules = rulesOn(open, day)
  const { windows } = windowsOn(rules, dateOf(day))
  if (windows.length === 0) return null
  const closes = Math.max(...windows.map((window) => window.closes))
  return instantAt(rules.timeZone, day * DAY_MS + Math.round(closes * MINUTE_MS))
}

/** The rules that hold on a local date. At noon, when every zone agrees on the date. */
function rulesOn(open: OpenTime, day: number): CalendarRules {
  const first = open.versions[0]
  return open.versions.length === 1 && first !== undefined ? first.rules : rulesAt(open, (day + 0.5) * DAY_MS)
}

/**
 * A target as a clock that begins at `start` counts it: one that is promised in working days as the service time from
 * there to the end of the last of them, so that a pause moves it like any other. What begins outside of hours begins at
 * the next opening. Without a working day to come there is no due moment, whatever the time.
 */
export function inServiceTime(target: ClockTarget, start: number): ClockTarget {
  const { days, open } = target
  if (days === undefined) return target
  const counting = { clockTime: 'within-hours', endOfDay: days.end === 'closing' } as const
  const end = addWorkingDays(open, start, days.count, counting)
  return end === null ? target : { ...target, targetMs: openMsBetween(open, start, end) }
}
