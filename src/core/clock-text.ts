import de from '../locales/de/clock.json' with { type: 'json' }
import en from '../locales/en/clock.json' with { type: 'json' }
import { clockTime, DAY_MS, weekdayOf, type CalendarRules, type OpenWindow } from '#core/calendar-rules.ts'
import type { PauseReason } from '#core/clock-terms.ts'
import { speaker, type Language } from '#core/text.ts'
import { localAt } from '#core/zone.ts'

/** Says what there is to say about clocks and calendars. */
export const sayClock = speaker<keyof typeof en>({ en, de })

/** An installation's own words, by the names that programs use; what it does not say is said in ours. */
export interface ClockWords {
  readonly states: Readonly<Record<string, string>>
  readonly reasons: Readonly<Record<string, string>>
}

/** Why something waits, to be put into a sentence. */
export function waitText(language: Language, reason: PauseReason | 'resolved', words?: ClockWords): string {
  return words?.reasons[reason] ?? sayClock(language, `wait.${reason}`)
}

const SECOND_MS = 1000

/**
 * Whole seconds of a duration; what is begun does not count. The seconds of a clock, and of the steps that explain it.
 */
export function wholeSeconds(ms: number): number {
  return Math.floor(ms / SECOND_MS)
}

/** `2 h 58 min`, `45 s`, `62 h`: hours are never made days, since a day is something else in each agreement. Seconds below an hour. */
export function durationText(language: Language, ms: number): string {
  const seconds = wholeSeconds(ms)
  const parts: string[] = []
  const hours = Math.floor(seconds / 3600)
  const minutes = Math.floor(seconds / 60) % 60
  const rest = seconds % 60
  if (hours > 0) parts.push(sayClock(language, 'duration.hours', { hours }))
  if (minutes > 0) parts.push(sayClock(language, 'duration.minutes', { minutes }))
  if ((rest > 0 && hours === 0) || parts.length === 0)
    parts.push(sayClock(language, 'duration.seconds', { seconds: rest }))
  return parts.join(' ')
}

/** `Fri 6 Nov`; with the year when it is not `year`. */
export function dateText(language: Language, local: number, year: number): string {
  const date = new Date(local)
  const values = {
    weekday: sayClock(language, 'weekday', { day: weekdayOf(Math.floor(local / DAY_MS)) }),
    day: date.getUTCDate(),
    month: sayClock(language, 'month', { month: date.getUTCMonth() + 1 }),
    year: String(date.getUTCFullYear()),
  }
  return sayClock(language, date.getUTCFullYear() === year ? 'date' : 'date.year', values)
}

/** `Fri 6 Nov 14:10` by the clocks of the zone; with the year when it is not `year`. */
export function momentText(language: Language, zone: string, instant: number, year: number): string {
  const local = localAt(zone, instant)
  const time = new Date(local).toISOString().slice(11, 16)
  return sayClock(language, 'moment', { date: dateText(language, local, year), time })
}

/** `Mon–Fri 08:00–18:00`, `Mon–Thu 08:00–17:00, Fri 08:00–14:00`, `around the clock`; empty when no day has hours. */
export function hoursText(language: Language, { week }: CalendarRules): string {
  if (week.length === 7 && week.every((windows) => timesOf(language, windows) === '00:00–24:00')) {
    return sayClock(language, 'hours.always')
  }
  const groups: { first: number; last: number; times: string }[] = []
  week.forEach((windows, day) => {
    const times = timesOf(language, windows)
    const group = groups.at(-1)
    if (times === '') return
    if (group !== undefined && group.last === day - 1 && group.times === times) group.last = day
    else groups.push({ first: day, last: day, times })
  })
  return groups
    .map(({ first, last, times }) => {
      const [from, to] = [first, last].map((day) => sayClock(language, 'weekday', { day }))
      return sayClock(language, 'hours.day', { days: first === last ? from : `${from}–${to}`, times })
    })
    .join(', ')
}

/** `06:00–14:00, 14:00–22:00 and 22:00–06:00`; empty without a window. */
function timesOf(language: Language, windows: readonly OpenWindow[]): string {
  const times = windows
    .toSorted((one, other) => one.opens - other.opens)
    .map(({ opens, closes }) => `${clockTime(opens)}–${clockTime(closes)}`)
  const last = times.pop() ?? ''
  return times.length === 0 ? last : sayClock(language, 'hours.and', { first: times.join(', '), last })
}

/** Sentences one after the other. An abbreviation at the end of a German one brings its full stop with it. */
export function inSentences(...sentences: readonly string[]): string {
  return sentences
    .filter((sentence) => sentence !== '')
    .map((sentence) => sentence.replace(/\.\.$/, '.'))
    .join(' ')
}
