import { instantAt } from '#core/zone.ts'

/** Whether the day or the month comes first in dates such as 3/4/2026. */
export const dateOrders = ['dmy', 'mdy'] as const
export type DateOrder = (typeof dateOrders)[number]

/** What a text says of a moment: an instant, or what a clock on a wall showed. Milliseconds, as if in UTC. */
export interface Reading {
  readonly ms: number
  /** It came with an offset, so that no zone is needed. */
  readonly fixed: boolean
}

/** `2026-03-29T14:05:00.123+02:00`, `2026-03-29 14:05`, `2026/03/29`. */
const YEAR_FIRST =
  /^(\d{4})([-/.])(\d{1,2})\2(\d{1,2})(?:[T ]+(\d{1,2}):(\d{2})(?::(\d{2})(?:[.,](\d{1,9}))?)?\s?(Z|UTC|[+-]\d{2}(?::?\d{2})?)?)?$/i
/** `29.3.2026 14:05`, `29/3/2026 2:05:00 PM`, `3-29-26`. */
const YEAR_LAST =
  /^(\d{1,2})([/.-])(\d{1,2})\2(\d{4}|\d{2})(?:,?[ T]+(\d{1,2})[:.](\d{2})(?:[:.](\d{2}))?(?: ?([ap])\.?m\.?)?)?$/i

/**
 * Reads a date, with or without a time; a date alone is its midnight. Null when it is none, and when the order is needed
 * and `order` is not given or cannot be right for it. With dots between, the day comes first.
 */
export function readMoment(text: string, order: DateOrder | undefined): Reading | null {
  const first = text.charCodeAt(4)
  // Most of either kind are told apart by whether the fifth character is a digit: 45 is `-`, 46 `.`, 47 `/`.
  const found = first >= 45 && first <= 47 ? YEAR_FIRST.exec(text) : null
  if (found !== null) {
    const [, year, , month, day, hour, minute, second, fraction, offset] = found
    const ms = clockMs(Number(year), Number(month), Number(day), timeMs(hour, minute, second))
    if (ms === null) return null
    const exact = fraction === undefined ? ms : ms + Math.trunc(Number(`0.${fraction}`) * 1000)
    return offset === undefined ? { ms: exact, fixed: false } : { ms: exact - offsetMs(offset), fixed: true }
  }
  const other = YEAR_LAST.exec(text)
  if (other === null) return null
  const [, one, separator, two, year, hour, minute, second, half] = other
  const used = separator === '.' ? 'dmy' : order
  if (used === undefined) return null
  const [day, month] = used === 'dmy' ? [Number(one), Number(two)] : [Number(two), Number(one)]
  const time = half === undefined ? timeMs(hour, minute, second) : halfDayMs(timeMs(hour, minute, second), half)
  const ms = clockMs(Number(year) + (year!.length === 2 ? 2000 : 0), month, day, time)
  return ms === null ? null : { ms, fixed: false }
}

/** The instant of a reading, on the clocks of a zone. */
export function instantOf({ ms, fixed }: Reading, zone: string): number {
  return fixed ? ms : instantAt(zone, ms)
}

const DAY_MS = 86_400_000

/** Null when there is no such day, or the time is none: `timeMs` says -1. */
function clockMs(year: number, month: number, day: number, time: number): number | null {
  if (time < 0 || month < 1 || month > 12 || day < 1 || day > 31) return null
  const ms = Date.UTC(year, month - 1, day)
  return new Date(ms).getUTCDate() === day ? ms + time : null
}

function timeMs(hour = '0', minute = '0', second = '0'): number {
  const [hours, minutes, seconds] = [Number(hour), Number(minute), Number(second)]
  // 24:00 is the end of the day; 60 is a leap second.
  if (hours > 24 || minutes > 59 || seconds > 60 || (hours === 24 && minutes + seconds > 0)) return -1
  return Math.min(hours * 3_600_000 + minutes * 60_000 + seconds * 1000, DAY_MS)
}

function halfDayMs(time: number, half: string): number {
  const hours = Math.trunc(time / 3_600_000)
  if (time < 0 || hours < 1 || hours > 12) return -1
  return (time % (12 * 3_600_000)) + (half.toLowerCase() === 'p' ? 12 * 3_600_000 : 0)
}

function offsetMs(offset: string): number {
  const found = /^([+-])(\d{2}):?(\d{2})?$/.exec(offset)
  if (found === null) return 0
  const minutes = Number(found[2]) * 60 + Number(found[3] ?? 0)
  return (found[1] === '-' ? -minutes : minutes) * 60_000
}

/** What dates say of their order: one order for all, either would do, none fits all, or it does not matter. */
export type OrderFound = DateOrder | 'either' | 'neither' | 'no-matter'

export function orderOf(texts: Iterable<string>): OrderFound {
  let dmy = false
  let mdy = false
  let open = false
  for (const text of texts) {
    const found = YEAR_LAST.exec(text)
    if (found === null || found[2] === '.') continue
    open = true
    if (Number(found[1]) > 12) dmy = true
    else if (Number(found[3]) > 12) mdy = true
  }
  if (dmy && mdy) return 'neither'
  if (dmy) return 'dmy'
  if (mdy) return 'mdy'
  return open ? 'either' : 'no-matter'
}

/** Whether a text looks like a date, in whatever order. */
export function looksLikeMoment(text: string): boolean {
  return readMoment(text, 'dmy') !== null || readMoment(text, 'mdy') !== null
}
