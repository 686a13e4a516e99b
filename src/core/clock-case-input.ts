import {
  checkRules,
  dateOf,
  dayOf,
  weekdayOf,
  type CalendarException,
  type CalendarRules,
  type OpenWindow,
} from '#core/calendar-rules.ts'
import { compileCalendar, type OpenTime } from '#core/calendar.ts'
import { z } from 'zod'

/** A calendar of a case, in our rules and compiled. */
export interface CaseCalendar {
  readonly rules: CalendarRules
  readonly open: OpenTime
}

const windows = z.array(z.tuple([z.string(), z.string()]))

const calendarShape = z.looseObject({
  tz: z.string().default('UTC'),
  week: z.record(z.string(), windows).default({}),
  holidays: z.array(z.string()).default([]),
  recurring_holidays: z.array(z.string()).default([]),
  date_overrides: z.record(z.string(), windows).default({}),
  breaks: z.record(z.string(), windows).default({}),
})

const weekdays = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun']

/** Holidays that return every year are written out for these years. */
const FIRST_YEAR = 1970
const LAST_YEAR = 2100

/** Reads a calendar as cases write it. Throws a `RangeError` where a time or date is none. */
export function calendarOf(written: unknown): CaseCalendar {
  const rules = rulesOf(written)
  return { rules, open: compileCalendar(rules) }
}

function rulesOf(written: unknown): CalendarRules {
  const {
    tz,
    week,
    holidays,
    recurring_holidays: yearly,
    date_overrides: overrides,
    breaks,
  } = calendarShape.parse(written)
  const days = weekdays.map((day) => without(windowsOf(week[day] ?? []), windowsOf(breaks[day] ?? [])))
  const exceptions = new Map<string, readonly OpenWindow[]>()
  for (const [date, opening] of Object.entries(overrides)) exceptions.set(date, windowsOf(opening))
  for (const [date, pauses] of Object.entries(breaks)) {
    if (weekdays.includes(date)) continue
    const regular = exceptions.get(date) ?? days[weekdayOf(dayOf(date))] ?? []
    exceptions.set(date, without(regular, windowsOf(pauses)))
  }
  // A holiday is closed whatever else the date says.
  for (const date of holidays) exceptions.set(date, [])
  for (let year = FIRST_YEAR; year <= LAST_YEAR; year++) {
    for (const day of yearly) exceptions.set(`${year}-${day}`, [])
  }
  const dated = [...exceptions].filter(([date]) => isDate(date))
  return {
    timeZone: tz,
    week: days,
    exceptions: dated.map(([date, opening]): CalendarException => ({ date, windows: opening })),
  }
}

/** 29 February is no date in most years. */
function isDate(date: string): boolean {
  if (Number.isNaN(dayOf(date))) throw new RangeError(`${date} is no date`)
  return dateOf(dayOf(date)) === date
}

function windowsOf(written: readonly (readonly [string, string])[]): OpenWindow[] {
  return written.map(([from, to]) => {
    const opens = minutesOf(from)
    const closes = minutesOf(to)
    // What closes before it opens, closes the next morning.
    return { opens, closes: closes <= opens ? closes + 1440 : closes }
  })
}

/** Minutes after midnight of `08:30` or `23:59:59`; up to `24:00`. */
function minutesOf(text: string): number {
  const match = /^(\d{1,2}):(\d\d)(?::(\d\d))?$/.exec(text)
  const [hours, minutes, seconds] = [Number(match?.[1]), Number(match?.[2]), Number(match?.[3] ?? 0)]
  if (match === null || minutes > 59 || seconds > 59 || hours * 60 + minutes > 1440) {
    throw new RangeError(`${text} is no time of day`)
  }
  return hours * 60 + minutes + seconds / 60
}

function without(opening: readonly OpenWindow[], breaks: readonly OpenWindow[]): OpenWindow[] {
  let left = [...opening]
  for (const pause of breaks) {
    left = left.flatMap(({ opens, closes }) => [
      { opens, closes: Math.min(closes, pause.opens) },
      { opens: Math.max(opens, pause.closes), closes },
    ])
    left = left.filter(({ opens, closes }) => closes > opens)
  }
  return left
}

/** Units of which a working time may be made up. A year of working time is nothing anybody agrees on. */
const units = ['weeks', 'days', 'hours', 'minutes', 'seconds']

/** Why an input would be refused; empty when it would be taken. Inputs without values say in the title what they are. */
export function inputProblems(
  input: Readonly<Record<string, unknown>>,
  title: string,
  calendar: unknown,
  calendarNamed: (name: string) => CaseCalendar,
): string[] {
  const problems: string[] = []
  const amounts = z.record(z.string(), z.number()).safeParse(input['unit_values'] ?? {})
  for (const [unit, amount] of Object.entries(amounts.data ?? {})) {
    if (!units.includes(unit.toLowerCase())) problems.push(`${unit} is no unit of working time`)
    if (!(amount >= 0)) problems.push('a negative duration')
  }
  const duration = input['duration_s'] ?? durationIn(title)
  if (duration !== undefined && !(Number(duration) > 0)) problems.push('a target must be longer than nothing')
  for (const key of ['start', 'end', 'at', 'from', 'to']) {
    const moment = input[key]
    if (typeof moment === 'string' && Number.isNaN(Date.parse(moment))) problems.push(`${moment} is no moment`)
  }
  for (const [time] of title.matchAll(/\b\d{1,2}:\d\d\b/g)) {
    problems.push(...problemsOf(() => minutesOf(time)))
  }
  if (calendar !== null && calendar !== undefined) {
    problems.push(
      ...problemsOf(() => {
        const { rules } = typeof calendar === 'string' ? calendarNamed(calendar) : { rules: rulesOf(calendar) }
        for (const { code } of checkRules(rules)) problems.push(code)
      }),
    )
  }
  return problems
}

/** The seconds of a title such as `duration 0 is an error`. */
function durationIn(title: string): number | undefined {
  if (/\bnegative (duration|target)\b/.test(title)) return -1
  const match = /\b(?:duration|target)\b\D{0,4}(-?\d+)/.exec(title)
  return match === null ? undefined : Number(match[1])
}

function problemsOf(attempt: () => unknown): string[] {
  try {
    attempt()
    return []
  } catch (error) {
    return [error instanceof Error ? error.message : String(error)]
  }
}
