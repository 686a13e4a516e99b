import { isZone } from '#core/zone.ts'

/** Opening and closing in minutes after local midnight. Closing is exclusive and may exceed 1440: the window runs into the next day. */
export interface OpenWindow {
  readonly opens: number
  readonly closes: number
}

/** A local date (`2026-12-24`) that differs from its weekday: closed when it has no windows, else open as they say. */
export interface CalendarException {
  readonly date: string
  readonly windows: readonly OpenWindow[]
  /** What people call the day: `Heiligabend`. */
  readonly label?: string
}

/**
 * What a calendar version says; JSON as stored in the database.
 *
 * A window belongs to the local date on which it opens. An exception replaces the windows that open on its date and
 * leaves alone the one of the day before that runs past midnight: the shift that began on Thursday evening still ends
 * on the morning of Good Friday, and none begins on the evening of Good Friday. Where both are open, it counts once.
 */
export interface CalendarRules {
  readonly timeZone: string
  /** Monday first, seven entries; a day with no window is closed. Breaks are the gaps between windows. */
  readonly week: readonly (readonly OpenWindow[])[]
  /** Of two for the same date the later in the list holds. */
  readonly exceptions: readonly CalendarException[]
}

export const MINUTE_MS = 60_000
export const DAY_MS = 86_400_000
const DAY_MINUTES = 1440

/** The windows that open on a local date, and the exception that makes them so, if one does. */
export function windowsOn(
  rules: CalendarRules,
  date: string,
): { readonly windows: readonly OpenWindow[]; readonly exception: CalendarException | null } {
  const exception = exceptionsOf(rules).get(date)
  if (exception !== undefined) return { windows: exception.windows, exception }
  return { windows: rules.week[weekdayOf(dayOf(date))] ?? [], exception: null }
}

/** Rules do not change, so the exceptions of each are sorted out once. */
const exceptionsByDate = new WeakMap<CalendarRules, ReadonlyMap<string, CalendarException>>()

function exceptionsOf(rules: CalendarRules): ReadonlyMap<string, CalendarException> {
  const known = exceptionsByDate.get(rules)
  if (known !== undefined) return known
  const exceptions = new Map(rules.exceptions.map((exception) => [exception.date, exception]))
  exceptionsByDate.set(rules, exceptions)
  return exceptions
}

/** A local date as the number of days since 1 January 1970. */
export function dayOf(date: string): number {
  return Date.parse(`${date}T00:00Z`) / DAY_MS
}

/** The date so many days after 1 January 1970: `2026-12-24`. */
export function dateOf(day: number): string {
  return new Date(day * DAY_MS).toISOString().slice(0, 10)
}

/** Monday is 0. 1 January 1970 was a Thursday. */
export function weekdayOf(day: number): number {
  return (((day + 3) % 7) + 7) % 7
}

export type CalendarProblemCode =
  | 'zone-unknown'
  | 'week-incomplete'
  | 'window-no-time'
  | 'window-ends-before-it-begins'
  | 'window-too-long'
  | 'windows-overlap'
  | 'date-unknown'
  | 'date-twice'
  | 'never-opens'

/** One thing wrong with a calendar: where (`week.0.1`, `exceptions.3`), and what its sentence in `clock.json` is filled with. */
export interface CalendarProblem {
  readonly code: CalendarProblemCode
  readonly path: string
  readonly values: Readonly<Record<string, string>>
}

/** Everything that keeps the rules from being a calendar, in the order of the form; empty when they are one. */
export function checkRules(rules: CalendarRules): readonly CalendarProblem[] {
  const problems: CalendarProblem[] = []
  const report = (code: CalendarProblemCode, path: string, values: CalendarProblem['values'] = {}) =>
    problems.push({ code, path, values })

  if (!isZone(rules.timeZone)) report('zone-unknown', 'timeZone', { zone: rules.timeZone })
  if (rules.week.length !== 7) report('week-incomplete', 'week')
  rules.week.forEach((windows, day) => checkDay(windows, { path: `week.${day}`, on: `day${day}` }, report))
  checkWeek(rules, report)

  const seen = new Set<string>()
  rules.exceptions.forEach(({ date, windows }, index) => {
    const path = `exceptions.${index}`
    if (!isDate(date)) report('date-unknown', `${path}.date`, { date })
    else if (seen.has(date)) report('date-twice', `${path}.date`, { date })
    seen.add(date)
    checkDay(windows, { path: `${path}.windows`, on: date }, report)
  })

  const windows = [...rules.week, ...rules.exceptions.map((exception) => exception.windows)].flat()
  if (windows.length === 0) report('never-opens', 'week')
  return problems
}

type Report = (code: CalendarProblemCode, path: string, values?: CalendarProblem['values']) => void

interface Place {
  readonly path: string
  /** `day0` for Monday, else the date. */
  readonly on: string
}

function checkDay(windows: readonly OpenWindow[], { path, on }: Place, report: Report): void {
  windows.forEach((window, index) => {
    const at = `${path}.${index}`
    const values = { on, opens: clockTime(window.opens), closes: clockTime(window.closes) }
    if (!isTime(window.opens, DAY_MINUTES - 1) || !isTime(window.closes, 2 * DAY_MINUTES)) {
      return report('window-no-time', at, values)
    }
    if (window.closes <= window.opens) report('window-ends-before-it-begins', at, values)
    else if (window.closes - window.opens > DAY_MINUTES) report('window-too-long', at, values)
    const overlapping = windows
      .slice(0, index)
      .some((other) => window.opens < other.closes && other.opens < window.closes)
    if (overlapping) report('windows-overlap', at, values)
  })
}

/** A window that runs into the next day must end before that one's begin; Sunday is followed by Monday. */
function checkWeek({ week }: CalendarRules, report: Report): void {
  week.forEach((windows, day) => {
    const next = week[(day + 1) % week.length] ?? []
    windows.forEach(({ opens, closes }, index) => {
      const overlapping = next.some((other) => other.opens + DAY_MINUTES < closes)
      const values = { on: `day${day}`, opens: clockTime(opens), closes: clockTime(closes) }
      // What is no window has been said already.
      if (overlapping && closes > opens && closes - opens <= DAY_MINUTES)
        report('windows-overlap', `week.${day}.${index}`, values)
    })
  })
}

function isTime(minutes: number, last: number): boolean {
  return Number.isInteger(minutes) && minutes >= 0 && minutes <= last
}

function isDate(date: string): boolean {
  return /^\d{4}-\d\d-\d\d$/.test(date) && !Number.isNaN(dayOf(date)) && dateOf(dayOf(date)) === date
}

/** `08:00` of minutes after midnight; `06:00` also of the next day. Whatever is no time is shown as the number it is. */
export function clockTime(minutes: number): string {
  if (!isTime(minutes, 2 * DAY_MINUTES)) return String(minutes)
  // A day ends at 24:00; past that it is the next morning.
  const shown = minutes > DAY_MINUTES ? minutes - DAY_MINUTES : minutes
  return `${String(Math.floor(shown / 60)).padStart(2, '0')}:${String(shown % 60).padStart(2, '0')}`
}
