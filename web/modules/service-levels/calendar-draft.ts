import type { CalendarRules, OpenWindow } from '#core/calendar.ts'
import { checkRules, type CalendarProblemCode } from '#core/calendar.ts'
import { clockTime, dateOf, dayOf } from '#core/calendar-rules.ts'

const DAY_MINUTES = 1440

/** From when to when, as it is typed: `8`, `08:00`, `22:00` to `6:00` over midnight. */
export interface WindowDraft {
  readonly opens: string
  readonly closes: string
}

/** A date that differs from its weekday, or all dates of a season, as it is typed. */
export interface ExceptionDraft {
  readonly date: string
  /** The last day of a season; empty for a single day. */
  readonly until: string
  readonly label: string
  readonly windows: readonly WindowDraft[]
}

/** Hours as they stand in a form. */
export interface HoursDraft {
  readonly timeZone: string
  /** Monday first. */
  readonly week: readonly (readonly WindowDraft[])[]
  /** Where public holidays are kept; empty for nowhere. */
  readonly country: string
  readonly state: string
  readonly region: string
  readonly exceptions: readonly ExceptionDraft[]
}

/** Minutes after midnight of `8`, `8:30`, `08.30`, `0830`, `24:00`; null for what is no time of day. */
export function readClock(text: string): number | null {
  const found = /^(\d{1,2})(?:[:.]?([0-5]\d))?(?:\s?(?:uhr|h))?$/i.exec(text.trim())
  if (!found) return null
  const minutes = Number(found[1]) * 60 + Number(found[2] ?? 0)
  return minutes <= DAY_MINUTES ? minutes : null
}

/** What a window means: one that ends no later than it begins runs into the next day. Null while it cannot be read. */
export function windowOf({ opens, closes }: WindowDraft): OpenWindow | null {
  const from = readClock(opens)
  const to = readClock(closes)
  if (from === null || to === null || from === DAY_MINUTES) return null
  return { opens: from, closes: to > from ? to : to + DAY_MINUTES }
}

export function windowDraft({ opens, closes }: OpenWindow): WindowDraft {
  return { opens: clockTime(opens), closes: clockTime(closes) }
}

/** What is wrong with hours, and with which day: 0 is Monday. */
export interface HoursProblem {
  readonly code: CalendarProblemCode
  readonly day: number | null
  readonly exception: number | null
}

/** The rules that were typed, or everything that keeps them from being some. */
export function readHours(draft: HoursDraft): {
  readonly rules: CalendarRules | null
  readonly problems: readonly HoursProblem[]
} {
  const unread: HoursProblem[] = []
  const windowsOf = (windows: readonly WindowDraft[], where: Pick<HoursProblem, 'day' | 'exception'>) =>
    windows.flatMap((window) => {
      const read = windowOf(window)
      if (read === null) unread.push({ code: 'window-no-time', ...where })
      return read ?? []
    })
  const base: CalendarRules = {
    timeZone: draft.timeZone,
    week: draft.week.map((windows, day) => windowsOf(windows, { day, exception: null })),
    exceptions: [],
  }
  // Each day of a season is a day of its own in the rules; `ofDay` says as which line it was typed.
  const ofDay: number[] = []
  const exceptions = draft.exceptions.flatMap(({ date, until, label, windows }, exception) => {
    const read = windowsOf(windows, { day: null, exception })
    const dates = datesOf(date, until)
    if (dates === null) unread.push({ code: 'date-unknown', day: null, exception })
    return (dates ?? []).map((each) => {
      ofDay.push(exception)
      return { date: each, label: label.trim(), windows: read }
    })
  })
  const rules = { ...base, exceptions }
  if (unread.length > 0) return { rules: null, problems: unread }
  const problems = checkRules(rules).map(({ code, path }) => {
    const [part, index] = path.split('.')
    const at = index === undefined ? null : Number(index)
    return {
      code,
      day: part === 'week' ? at : null,
      exception: part === 'exceptions' && at !== null ? (ofDay[at] ?? null) : null,
    }
  })
  return { rules: problems.length === 0 ? rules : null, problems }
}

/** Longer than a year nothing is a season. */
const LONGEST_SEASON = 366

/** The dates from one to another, both among them; null when they are no dates, the wrong way round or too many. */
export function datesOf(date: string, until: string): readonly string[] | null {
  if (until === '') return [date]
  const [first, last] = [dayOf(date), dayOf(until)]
  const count = last - first + 1
  if (!(count >= 1 && count <= LONGEST_SEASON)) return null
  return Array.from({ length: count }, (_, index) => dateOf(first + index))
}

/** Days as somebody would write them: those that follow each other and are alike as one season. */
export function seasonsOf(exceptions: CalendarRules['exceptions']): readonly ExceptionDraft[] {
  const seasons: { date: string; until: string; label: string; windows: readonly OpenWindow[] }[] = []
  for (const { date, label = '', windows } of exceptions.toSorted((one, other) => one.date.localeCompare(other.date))) {
    const before = seasons.at(-1)
    const goesOn =
      before !== undefined &&
      dayOf(date) === dayOf(before.until || before.date) + 1 &&
      before.label === label &&
      windowsText(before.windows) === windowsText(windows)
    if (goesOn) before.until = date
    else seasons.push({ date, until: '', label, windows })
  }
  return seasons.map((season) => ({ ...season, windows: season.windows.map(windowDraft) }))
}

const office = [{ opens: '08:00', closes: '18:00' }]

/** Monday to Friday from eight to six, without holidays. */
export function officeHours(timeZone: string): HoursDraft {
  return {
    timeZone,
    week: [office, office, office, office, office, [], []],
    country: '',
    state: '',
    region: '',
    exceptions: [],
  }
}

export const aroundTheClock: HoursDraft['week'] = Array.from({ length: 7 }, () => [{ opens: '00:00', closes: '24:00' }])
export const officeWeek: HoursDraft['week'] = officeHours('UTC').week

/** Days of the week with the same hours, as they are spoken of: Monday to Friday in one line. Of closed days none. */
export function sameDays(
  week: CalendarRules['week'],
): readonly { readonly from: number; readonly to: number; readonly windows: readonly OpenWindow[] }[] {
  const spans: { from: number; to: number; windows: readonly OpenWindow[] }[] = []
  week.forEach((windows, day) => {
    const last = spans.at(-1)
    if (last && JSON.stringify(last.windows) === JSON.stringify(windows)) last.to = day
    else spans.push({ from: day, to: day, windows })
  })
  return spans.filter(({ windows }) => windows.length > 0)
}

/** `08:00–12:00, 13:00–18:00`; the same in every language. */
export function windowsText(windows: readonly OpenWindow[]): string {
  return windows.map(({ opens, closes }) => `${clockTime(opens)}–${clockTime(closes)}`).join(', ')
}
