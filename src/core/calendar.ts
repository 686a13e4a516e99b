import {
  DAY_MS,
  dayOf,
  MINUTE_MS,
  weekdayOf,
  type CalendarException,
  type CalendarRules,
} from '#core/calendar-rules.ts'
import {
  alwaysOpenTable,
  growLeft,
  growRight,
  intervalAt,
  intervalReaching,
  openInAll,
  openTable,
  type OpenTable,
} from '#core/open-table.ts'
import { instantAt, isLeftOut, localAt } from '#core/zone.ts'

export {
  checkRules,
  windowsOn,
  type CalendarException,
  type CalendarProblem,
  type CalendarProblemCode,
  type CalendarRules,
  type OpenWindow,
} from '#core/calendar-rules.ts'

/** Rules and the stretch of time `[from, to)` for which they hold, as instants; infinite where nothing ends it. */
export interface CalendarVersion {
  readonly rules: CalendarRules
  readonly from: number
  readonly to: number
}

/** An open stretch `[opens, closes)`, as instants. */
export interface OpenInterval {
  readonly opens: number
  readonly closes: number
}

/**
 * What happens to a due moment that falls exactly on closing time: it stays there, or is shown at the next opening.
 * The service time is the same. Counting backwards it is the mirror image: opening time, or the closing before it.
 */
export type Boundary = 'closing' | 'next-opening'

/**
 * The open time of a calendar, compiled, so that a question costs one or two look-ups. Grows by itself to whatever moment
 * is asked about: make it once per calendar and keep it.
 */
export interface OpenTime {
  readonly versions: readonly CalendarVersion[]
  /** Nobody's business but this file's. */
  readonly table: OpenTable
}

const DAY_MINUTES = 1440

/** No calendar reaches further; beyond, everything but a calendar that is always open counts as closed. */
const FIRST_MS = Date.UTC(1900, 0, 1)
const LAST_MS = Date.UTC(2200, 0, 1)

/**
 * Compiles a calendar that always was and will be as it is. What is wrong with the rules is said by `checkRules`; here an
 * unknown zone throws a `RangeError`, overlapping windows count once, a window that ends before it begins is never open.
 */
export function compileCalendar(rules: CalendarRules): OpenTime {
  return compileVersions([{ rules, from: -Infinity, to: Infinity }])
}

/** Compiles a calendar that changes: each stretch of time is open as the version says that holds then. */
export function compileVersions(versions: readonly CalendarVersion[]): OpenTime {
  const only = versions.length === 1 ? versions[0] : undefined
  if (only !== undefined && only.from === -Infinity && only.to === Infinity && isAlwaysOpen(only.rules)) {
    return { versions, table: alwaysOpenTable() }
  }
  const days = versions.map(daysOf)
  const firstMs = Math.max(FIRST_MS, Math.min(...days.map((version) => version.firstMs)))
  const lastMs = Math.min(LAST_MS, Math.max(...days.map((version) => version.lastMs)))
  // What never opens has nothing before or after any moment.
  if (firstMs >= lastMs) return { versions, table: openTable(() => [], 0, 0) }
  return { versions, table: openTable((from, to) => intervalsIn(days, from, to), firstMs, lastMs) }
}

/** Open milliseconds in `[from, to)`; zero when `to` is not after `from`. */
export function openMsBetween(open: OpenTime, from: number, to: number): number {
  return to > from ? openUntil(open, to) - openUntil(open, from) : 0
}

/**
 * The first moment by which `ms` of open time have passed since `from`; for negative `ms` the last moment from which that
 * much passes until `from`. Zero is `from` itself (or, with `next-opening`, the first open moment from there).
 * Null when the calendar has no further opening, or none before the year 2200.
 */
export function dueAfter(open: OpenTime, from: number, ms: number, boundary: Boundary = 'closing'): number | null {
  if (ms === 0) return boundary === 'closing' ? from : nextOpening(open, from)
  const value = openUntil(open, from) + ms
  if (ms < 0)
    return boundary === 'closing' ? exceededAt(open, value) : (reachedAt(open, value) ?? exceededAt(open, value))
  return boundary === 'closing' ? reachedAt(open, value) : (exceededAt(open, value) ?? reachedAt(open, value))
}

/** The rules that hold at the instant; the last ones where none do. */
export function rulesAt({ versions }: OpenTime, instant: number): CalendarRules {
  const version = versions.find(({ from, to }) => from <= instant && instant < to) ?? versions.at(-1)
  if (version === undefined) throw new RangeError('A calendar without a version has no hours.')
  return version.rules
}

/** Whether the instant lies in open time; at closing time it does not. */
export function isOpen(open: OpenTime, instant: number): boolean {
  const index = intervalAt(open.table, instant)
  return index >= 0 && instant < open.table.closes[index]!
}

/** The instant itself if open, else when it next opens; null when it never does again. */
export function nextOpening(open: OpenTime, instant: number): number | null {
  const { table } = open
  let index = intervalAt(table, instant)
  if (index >= 0 && instant < table.closes[index]!) return instant
  while (index + 1 >= table.count) {
    if (!growRight(table)) return null
    index = intervalAt(table, instant)
  }
  return table.opens[index + 1]!
}

/**
 * The instant itself if it was open until then (inside open time, or at closing), else when it last closed: at an opening
 * the closing before. Null when it was never open before.
 */
export function previousClosing(open: OpenTime, instant: number): number | null {
  const { table } = open
  let index = lastOpenedBefore(table, instant)
  while (index < 0) {
    if (!growLeft(table)) return null
    index = lastOpenedBefore(table, instant)
  }
  return Math.min(instant, table.closes[index]!)
}

function lastOpenedBefore(table: OpenTable, instant: number): number {
  const index = intervalAt(table, instant)
  return index >= 0 && table.opens[index] === instant ? index - 1 : index
}

/** The open stretches of `[from, to)`, cut off at its ends; stretches that touch are one. */
export function openIntervals(open: OpenTime, from: number, to: number): OpenInterval[] {
  const { table } = open
  const found: OpenInterval[] = []
  intervalAt(table, to)
  for (let index = Math.max(intervalAt(table, from), 0); index < table.count && table.opens[index]! < to; index++) {
    const opens = Math.max(table.opens[index]!, from)
    const closes = Math.min(table.closes[index]!, to)
    if (closes > opens) found.push({ opens, closes })
  }
  return found
}

/** Open time up to the instant, in milliseconds from an arbitrary zero: differences are what means something. */
export function openUntil(open: OpenTime, instant: number): number {
  const { table } = open
  const index = intervalAt(table, instant)
  if (index < 0) return table.count === 0 ? 0 : table.before[0]!
  const closed = table.closes[index]!
  return table.before[index]! + ((instant < closed ? instant : closed) - table.opens[index]!)
}

/** The first instant at which the open time is `value`, in the measure of `openUntil`; null when it never gets there. */
export function reachedAt(open: OpenTime, value: number): number | null {
  const { table } = open
  while (table.count === 0 || value > openInAll(table)) {
    if (!growRight(table)) return null
  }
  while (value <= table.before[0]!) {
    if (!growLeft(table)) return null
  }
  const index = intervalReaching(table, value)
  return table.opens[index]! + (value - table.before[index]!)
}

/** The instant from which on the open time is more than `value`, in the measure of `openUntil`; null when it never is. */
export function exceededAt(open: OpenTime, value: number): number | null {
  const reached = reachedAt(open, value)
  if (reached !== null) return nextOpening(open, reached)
  const { table } = open
  return table.count > 0 && value === table.before[0]! ? table.opens[0]! : null
}

/** A version, with what compiling it needs at hand. Nothing is open outside of its `firstMs` and `lastMs`. */
interface VersionDays extends CalendarVersion {
  readonly firstMs: number
  readonly lastMs: number
  readonly exceptions: ReadonlyMap<number, CalendarException>
}

function daysOf(version: CalendarVersion): VersionDays {
  const { rules, from, to } = version
  // Says that there is no such zone now, not when it is first asked about.
  localAt(rules.timeZone, 0)
  const exceptions = new Map(rules.exceptions.map((exception) => [dayOf(exception.date), exception]))
  if (rules.week.some((windows) => windows.length > 0)) return { ...version, exceptions, firstMs: from, lastMs: to }
  const openDays = [...exceptions].flatMap(([day, { windows }]) => (windows.length > 0 ? [day * DAY_MS] : []))
  // A window may run into the next day, and a zone be a day away.
  return {
    ...version,
    exceptions,
    firstMs: Math.max(from, Math.min(...openDays) - 2 * DAY_MS),
    lastMs: Math.min(to, Math.max(...openDays) + 4 * DAY_MS),
  }
}

function isAlwaysOpen(rules: CalendarRules): boolean {
  return (
    rules.exceptions.length === 0 &&
    rules.week.length === 7 &&
    rules.week.every((windows) => windows.some(({ opens, closes }) => opens <= 0 && closes >= DAY_MINUTES))
  )
}

function intervalsIn(versions: readonly VersionDays[], from: number, to: number): number[] {
  const found: OpenInterval[] = []
  for (const version of versions) {
    const first = Math.max(from, version.from)
    const last = Math.min(to, version.to)
    if (first < last) collect(version, first, last, found)
  }
  found.sort((one, other) => one.opens - other.opens)
  const edges: number[] = []
  for (const { opens, closes } of found) {
    const closed = edges.at(-1)
    if (closed === undefined || opens > closed) edges.push(opens, closes)
    else if (closes > closed) edges[edges.length - 1] = closes
  }
  return edges
}

function collect({ rules, exceptions }: VersionDays, from: number, to: number, found: OpenInterval[]): void {
  const { timeZone, week } = rules
  const lastDay = Math.floor(localAt(timeZone, to) / DAY_MS)
  for (let day = Math.floor(localAt(timeZone, from) / DAY_MS) - 2; day <= lastDay; day++) {
    for (const window of exceptions.get(day)?.windows ?? week[weekdayOf(day)] ?? []) {
      // Each edge by itself: what lies between them is as long as the zone makes it.
      const localOpens = day * DAY_MS + Math.round(window.opens * MINUTE_MS)
      const opens = instantAt(timeZone, localOpens)
      const closes = instantAt(timeZone, day * DAY_MS + Math.round(window.closes * MINUTE_MS))
      if (opens >= to || closes <= from || closes <= opens || isLeftOut(timeZone, localOpens)) continue
      found.push({ opens: Math.max(opens, from), closes: Math.min(closes, to) })
    }
  }
}
