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
import { inWords } from '#core/clock-case-form.ts'
import { isZone } from '#core/zone.ts'
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
  const read = calendarShape.safeParse(written)
  if (!read.success) throw new RangeError(`the calendar is none (${inWords(read.error)})`)
  const { tz, week, holidays, recurring_holidays: yearly, date_overrides: overrides, breaks } = read.data
  const unknown = Object.keys(week).find((day) => !weekdays.includes(day))
  if (unknown !== undefined) throw new RangeError(`${unknown} is no day of the week (${weekdays.join(', ')})`)
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

/** A date as cases write it, or that of a moment as it stands there. Throws a `RangeError` where it is none. */
export function dateIn(text: string | undefined): string {
  const [date = ''] = /^\d{4}-\d\d-\d\d(?=$|[T ])/.exec(text ?? '') ?? []
  if (date === '' || !isDate(date)) {
    throw new RangeError(text === undefined ? 'the date is missing' : `${text} is no date`)
  }
  return date
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
    // What closes before it opens, closes the next morning; from midnight to midnight is a day, from any other time to itself nothing.
    const isNextDay = closes < opens || (closes === 0 && opens === 0)
    return { opens, closes: isNextDay ? closes + 1440 : closes }
  })
}

/**
 * A moment as cases write it, in epoch milliseconds; one that names no zone is meant in UTC, wherever this runs. Throws a
 * `RangeError` where it is none: a day that no month has, too.
 */
export function momentOf(text: string | undefined): number {
  const [, date = '', time = '00:00', zone = ''] = momentShape.exec(text?.trim() ?? '') ?? []
  const at = Date.parse(`${date}T${time}${zone === '' || /^utc$/i.test(zone) ? 'Z' : zone.toUpperCase()}`)
  if (Number.isNaN(at) || !isDate(date)) {
    throw new RangeError(text === undefined ? 'a moment is missing' : `${text} is no moment`)
  }
  return at
}

const momentShape = /^(\d{4}-\d\d-\d\d)(?:[T ](\d\d:\d\d(?::\d\d(?:\.\d+)?)?))?\s*(z|utc|[+-]\d\d:\d\d)?$/i

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
    if (typeof moment === 'string') problems.push(...problemsOf(() => momentOf(moment)))
  }
  if (problems.length === 0) problems.push(...backwards(input))
  for (const { says, fails } of refusals) if (says.test(title) && fails()) problems.push(title)
  for (const [, zone = ''] of title.matchAll(/\b(?:time ?)?zone[: "']+([A-Z]\w*(?:\/[\w+-]+)*)/g)) {
    if (!isZone(zone)) problems.push(`there is no time zone ${zone}`)
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

/** Pauses and measured times that end before they begin. */
function backwards(input: Readonly<Record<string, unknown>>): string[] {
  const stretches = z.array(z.tuple([z.string(), z.string().nullable()])).safeParse(input['pauses'] ?? [])
  const whole = z.object({ start: z.string(), end: z.string() }).safeParse(input)
  return [
    ...(stretches.data ?? []).filter(([from, to]) => to !== null && momentOf(to) < momentOf(from)),
    ...(whole.success && momentOf(whole.data.end) < momentOf(whole.data.start) ? [whole.data] : []),
  ].map(() => 'it ends before it begins')
}

/** What a title may say of an input that is to be refused without giving it: hours of the kind are tried. */
const refusals: readonly { readonly says: RegExp; readonly fails: () => boolean }[] = [
  {
    says: /\b(invalid|unknown|bad|missing|empty|no) (time ?zone|tz)\b/i,
    fails: () => refuses({ timeZone: 'No/Zone' }),
  },
  {
    says: /\b(no|without|zero|empty) (working|opening|business|open) (hours|days|time)\b/i,
    fails: () => refuses({ windows: [] }),
  },
  {
    says: /\boverlapping (windows|hours|intervals)\b/i,
    fails: () =>
      refuses({
        windows: [
          { opens: 540, closes: 720 },
          { opens: 660, closes: 780 },
        ],
      }),
  },
  {
    says: /\b(clos|end)\w* (time )?(is )?(before|earlier than|not after) (the )?(open|start|begin)/i,
    fails: () => refuses({ windows: [{ opens: 1080, closes: 540 }] }),
  },
  {
    says: /\b(invalid|malformed|bad|unparsable|missing) (open|clos|start|end)\w* (time|hour)/i,
    fails: () => refuses({ windows: [{ opens: Number.NaN, closes: 1080 }] }),
  },
  {
    says: /\b(invalid|malformed|bad|unknown) (date|holiday)/i,
    fails: () => refuses({ dates: ['2025-02-30'] }),
  },
]

function refuses({
  timeZone = 'UTC',
  windows: day = [{ opens: 540, closes: 1020 }],
  dates = [],
}: {
  readonly timeZone?: string
  readonly windows?: readonly OpenWindow[]
  readonly dates?: readonly string[]
}): boolean {
  const exceptions = dates.map((date) => ({ date, windows: [] }))
  return checkRules({ timeZone, week: weekdays.map(() => day), exceptions }).length > 0
}

/** The seconds of a title such as `duration 0 is an error`. */
function durationIn(title: string): number | undefined {
  if (/\b(zero|negative) (duration|target)\b/i.test(title)) return -1
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
