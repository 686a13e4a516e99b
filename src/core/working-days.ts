import { DAY_MS, dateOf, MINUTE_MS, windowsOn, type CalendarRules } from '#core/calendar-rules.ts'
import { nextOpening, previousClosing, type OpenTime } from '#core/calendar.ts'
import { instantAt, localAt } from '#core/zone.ts'

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

/**
 * The moment a number of working days after the start, before it when negative. A working day is a local date on which a
 * window opens; the day of the start is not counted. Null when the calendar has no such day (within five years).
 */
export function addWorkingDays(
  open: OpenTime,
  rules: CalendarRules,
  start: number,
  days: number,
  counting: DayCounting,
): number | null {
  const { timeZone } = rules
  const step = days < 0 ? -1 : 1
  const withinHours = counting.clockTime === 'within-hours'
  const begin = withinHours ? intoHours(open, start, step) : start
  if (begin === null) return null
  const local = localAt(timeZone, begin)
  const timeOfDay = ((local % DAY_MS) + DAY_MS) % DAY_MS
  let day: number | null = (local - timeOfDay) / DAY_MS
  if (!withinHours) day = workingDayFrom(rules, day, step)
  for (let left = Math.abs(days); left > 0 && day !== null; left--) day = workingDayFrom(rules, day + step, step)
  if (day === null) return null

  const end = instantAt(timeZone, day * DAY_MS + timeOfDay)
  const closing = closingOf(rules, day)
  if (counting.endOfDay === true) return closing
  if (counting.overflow === 'closing' && closing !== null) return Math.min(end, closing)
  return withinHours ? intoHours(open, end, step) : end
}

function intoHours(open: OpenTime, instant: number, step: number): number | null {
  return step > 0 ? nextOpening(open, instant) : previousClosing(open, instant)
}

/** Whether a window opens on the local date. */
export function isWorkingDay(rules: CalendarRules, date: string): boolean {
  return windowsOn(rules, date).windows.some(({ opens, closes }) => closes > opens)
}

/** The day itself if it is a working day, else the next in the direction. */
function workingDayFrom(rules: CalendarRules, start: number, step: number): number | null {
  for (let passed = 0; passed < LONGEST_CLOSURE_DAYS; passed++) {
    const day = start + passed * step
    if (isWorkingDay(rules, dateOf(day))) return day
  }
  return null
}

function closingOf(rules: CalendarRules, day: number): number | null {
  const { windows } = windowsOn(rules, dateOf(day))
  if (windows.length === 0) return null
  const closes = Math.max(...windows.map((window) => window.closes))
  return instantAt(rules.timeZone, day * DAY_MS + Math.round(closes * MINUTE_MS))
}
