import type { Language } from '#core/text.ts'
import { localeOf } from '#web/ui/language-locale.ts'

const MINUTE_MS = 60_000
const HOUR_MS = 3_600_000

/** Below this many cases a percentage says more than is known; the count says it all. */
export const FAIR_SAMPLE = 20

/** A share as it was counted. */
interface Ratio {
  readonly numerator: number
  readonly denominator: number
}

/** Writes figures as the language does. `zone` is an IANA name; times of day are always of 24 hours. */
export interface Format {
  /** Service time, to the minute, cut off; under a minute to the second: `2 h 58`, `16 h`, `38 min`, `12 s`. Negative as positive. */
  readonly duration: (ms: number) => string
  /** The same for a column of a table, where hours and minutes stand below each other: `3 h 50`, `0 h 08`, `0`. */
  readonly durationCell: (ms: number) => string
  /** `41 of 46`. */
  readonly ratio: (ratio: Ratio) => string
  /** `89.1 %`; null without cases, and below {@link FAIR_SAMPLE}. Never rounded up to 100 % or down to 0 %. */
  readonly percent: (ratio: Ratio) => string | null
  /** Basis points as per cent, with no more digits than needed: 9500 is `95 %`. */
  readonly basisPoints: (bp: number) => string
  readonly number: (value: number, digits?: number) => string
  /** `14:10` */
  readonly time: (at: Date, zone?: string) => string
  /** Only as much as is needed beside `near`: `13:40` on the same day, `Wed 08:40` within the week, else `17 Nov, 08:40`. */
  readonly timeNear: (at: Date, near: Date, zone?: string) => string
  /** Weekday and time, within the week: `Wed 08:40`. */
  readonly weekTime: (at: Date, zone?: string) => string
  /** `Fri 6 Nov`; with the year unless it is this one: `Fri 6 Nov 2025`. */
  readonly day: (at: Date, zone?: string) => string
  /** `6 Nov`; with the year unless it is this one: `6 Nov 2025`. */
  readonly dayShort: (at: Date, zone?: string) => string
  /** `6 November 2026` */
  readonly date: (at: Date, zone?: string) => string
  /** Day and time: `Fri 6 Nov, 14:10`. */
  readonly instant: (at: Date, zone?: string) => string
  /** Both days, or one day and two times: `Fri 14:10–18:00`, `Fri 18:00–Mon 08:00`; with dates beyond the week of `near`. */
  readonly stretch: (from: Date, to: Date, options?: { readonly zone?: string; readonly near?: Date }) => string
  /** `2026-10` as `October 2026`. */
  readonly month: (month: string) => string
  /** `2026-10` as `Oct 2026`. */
  readonly monthShort: (month: string) => string
  /** `Berlin, UTC+1` */
  readonly zone: (zone: string, at?: Date) => string
  /** `12 kB`, `25.9 MB` */
  readonly bytes: (count: number) => string
  /** `a, b and c` */
  readonly list: (items: readonly string[]) => string
}

interface Words {
  readonly hours: (hours: string, minutes: string) => string
  readonly wholeHours: (hours: string) => string
  readonly cell: (hours: string, minutes: string) => string
  readonly minutes: (minutes: number) => string
  readonly seconds: (seconds: number) => string
  readonly of: string
}

/** A number and its unit stay on one line. */
const NB = '\u00a0'

const words: Readonly<Record<Language, Words>> = {
  en: {
    hours: (hours, minutes) => `${hours}${NB}h${NB}${minutes}`,
    wholeHours: (hours) => `${hours}${NB}h`,
    cell: (hours, minutes) => `${hours}${NB}h${NB}${minutes}`,
    minutes: (minutes) => `${minutes}${NB}min`,
    seconds: (seconds) => `${seconds}${NB}s`,
    of: 'of',
  },
  de: {
    hours: (hours, minutes) => `${hours}:${minutes}${NB}Std.`,
    wholeHours: (hours) => `${hours}${NB}Std.`,
    cell: (hours, minutes) => `${hours}:${minutes}`,
    minutes: (minutes) => `${minutes}${NB}Min.`,
    seconds: (seconds) => `${seconds}${NB}Sek.`,
    of: 'von',
  },
}

/** The zone of the browser; what is shown without another one. */
export function browserZone(): string {
  return Intl.DateTimeFormat().resolvedOptions().timeZone
}

/** Makes the formats of a language; `ownZone` is where the reader is. */
export function formatIn(language: Language, ownZone: string = browserZone()): Format {
  const locale = localeOf[language]
  const say = words[language]
  const dates = memo((key: string) => {
    const [zone, style] = key.split('|') as [string, DateStyle]
    return new Intl.DateTimeFormat(locale, { ...dateStyles[style], timeZone: zone })
  })
  const numbers = memo(
    (digits: number) => new Intl.NumberFormat(locale, { maximumFractionDigits: digits, minimumFractionDigits: digits }),
  )
  const whole = new Intl.NumberFormat(locale, { maximumFractionDigits: 20 })
  const write = (style: DateStyle, at: Date, zone = ownZone) => dates(`${zone}|${style}`).format(at)
  const yearOf = (at: Date, zone: string) => write('year', at, zone)

  const format: Format = {
    duration(ms) {
      const [hours, minutes, seconds] = parts(ms)
      if (hours === 0 && minutes === 0) return say.seconds(seconds)
      if (hours === 0) return say.minutes(minutes)
      if (minutes === 0) return say.wholeHours(whole.format(hours))
      return say.hours(whole.format(hours), String(minutes).padStart(2, '0'))
    },
    durationCell(ms) {
      if (ms === 0) return '0'
      const [hours, minutes, seconds] = parts(ms)
      if (hours === 0 && minutes === 0) return say.seconds(seconds)
      return say.cell(whole.format(hours), String(minutes).padStart(2, '0'))
    },
    ratio: ({ numerator, denominator }) => `${whole.format(numerator)} ${say.of} ${whole.format(denominator)}`,
    percent({ numerator, denominator }) {
      if (denominator < FAIR_SAMPLE) return null
      const digits = denominator >= 10_000 ? 2 : 1
      const step = 10 ** -digits
      const exact = (numerator / denominator) * 100
      const rounded = Math.round(exact / step) * step
      if (numerator < denominator && rounded >= 100) return `${numbers(digits).format(100 - step)} %`
      if (numerator > 0 && rounded <= 0) return `${numbers(digits).format(step)} %`
      return `${numbers(digits).format(rounded)} %`
    },
    basisPoints: (bp) => `${whole.format(bp / 100)} %`,
    number: (value, digits) => (digits === undefined ? whole : numbers(digits)).format(value),
    time: (at, zone) => write('time', at, zone),
    timeNear(at, near, zone) {
      if (write('date', at, zone) === write('date', near, zone)) return format.time(at, zone)
      const far = Math.abs(at.getTime() - near.getTime()) > 6 * 24 * HOUR_MS
      return far ? `${format.dayShort(at, zone)}, ${format.time(at, zone)}` : format.weekTime(at, zone)
    },
    weekTime: (at, zone) => `${write('weekday', at, zone)} ${write('time', at, zone)}`,
    day(at, zone = ownZone) {
      return write(yearOf(at, zone) === yearOf(new Date(), zone) ? 'day' : 'dayYear', at, zone)
    },
    dayShort(at, zone = ownZone) {
      return write(yearOf(at, zone) === yearOf(new Date(), zone) ? 'short' : 'shortYear', at, zone)
    },
    date: (at, zone) => write('date', at, zone),
    instant: (at, zone) => `${format.day(at, zone)}, ${format.time(at, zone)}`,
    stretch(from, to, { zone = ownZone, near = to } = {}) {
      const far = Math.abs(near.getTime() - from.getTime()) > 6 * 24 * HOUR_MS
      const first = `${far ? format.day(from, zone) : write('weekday', from, zone)} ${format.time(from, zone)}`
      const sameDay = write('date', from, zone) === write('date', to, zone)
      if (sameDay) return `${first}–${format.time(to, zone)}`
      return `${first}–${far ? format.day(to, zone) : write('weekday', to, zone)} ${format.time(to, zone)}`
    },
    month: (month) => write('month', startOf(month), 'UTC'),
    monthShort: (month) => write('monthShort', startOf(month), 'UTC'),
    zone(zone, at = new Date()) {
      const place = zone.split('/').at(-1)!.replaceAll('_', ' ')
      return zone === 'UTC' ? 'UTC' : `${place}, ${offsetOf(zone, at)}`
    },
    bytes(count) {
      if (count < 1000) return `${whole.format(count)} B`
      const [divisor, unit] = count < 1e6 ? [1e3, 'kB'] : count < 1e9 ? [1e6, 'MB'] : ([1e9, 'GB'] as const)
      const value = count / divisor
      return `${numbers(value < 10 ? 1 : 0).format(value)} ${unit}`
    },
    list: (items) => new Intl.ListFormat(locale, { type: 'conjunction' }).format(items),
  }
  return format
}

type DateStyle = keyof typeof dateStyles

const dateStyles = {
  time: { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' },
  weekday: { weekday: 'short' },
  day: { weekday: 'short', day: 'numeric', month: 'short' },
  dayYear: { weekday: 'short', day: 'numeric', month: 'short', year: 'numeric' },
  short: { day: 'numeric', month: 'short' },
  shortYear: { day: 'numeric', month: 'short', year: 'numeric' },
  date: { day: 'numeric', month: 'long', year: 'numeric' },
  year: { year: 'numeric' },
  month: { month: 'long', year: 'numeric' },
  monthShort: { month: 'short', year: 'numeric' },
} as const satisfies Record<string, Intl.DateTimeFormatOptions>

/** Hours, minutes and seconds, each cut off. */
function parts(ms: number): readonly [number, number, number] {
  const all = Math.abs(ms)
  return [Math.floor(all / HOUR_MS), Math.floor((all % HOUR_MS) / MINUTE_MS), Math.floor((all % MINUTE_MS) / 1000)]
}

function startOf(month: string): Date {
  return new Date(`${month}-15T12:00:00Z`)
}

/** `UTC+1`, `UTC−3:30` */
function offsetOf(zone: string, at: Date): string {
  const written = new Intl.DateTimeFormat('en-GB', { timeZone: zone, timeZoneName: 'longOffset' }).formatToParts(at)
  const name = written.find(({ type }) => type === 'timeZoneName')?.value ?? 'GMT'
  const [, sign, hours, minutes] = /GMT([+-])(\d\d):(\d\d)/.exec(name) ?? []
  if (sign === undefined) return 'UTC'
  return `UTC${sign === '-' ? '−' : '+'}${Number(hours)}${minutes === '00' ? '' : `:${minutes}`}`
}

function memo<Key, Value>(make: (key: Key) => Value): (key: Key) => Value {
  const made = new Map<Key, Value>()
  return (key) => {
    const known = made.get(key)
    if (known !== undefined) return known
    const value = make(key)
    made.set(key, value)
    return value
  }
}
