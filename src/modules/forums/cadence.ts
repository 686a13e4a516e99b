import { instantAt } from '#core/zone.ts'

const DAY_MS = 86_400_000
const MINUTE_MS = 60_000

/** When a forum meets. */
export interface Cadence {
  /** Days of the week, 1 is Monday. */
  readonly weekdays: readonly number[]
  /** In each so many weeks, counted from that of the first day. */
  readonly weeks: number
  /** Instead of weeks: on the so-manieth such day of the month, −1 is the last. */
  readonly nth: number | null
  /** Then in each so many months, counted from that of the first day. */
  readonly months: number
  /** Not before this day, `YYYY-MM-DD`. */
  readonly startsOn: string
  /** Minutes after local midnight. */
  readonly atMinute: number
  /** IANA name. */
  readonly timeZone: string
}

/** When it meets from one moment (inclusive) to another (exclusive), in order. A reading that clocks skip lands later. */
export function meetingsBetween(cadence: Cadence, from: Date, until: Date): Date[] {
  const meetings: Date[] = []
  // A day more at both sides: where it is, it may be another day.
  const first = Math.max(dayOf(from.getTime()) - DAY_MS, Date.parse(`${cadence.startsOn}T00:00Z`))
  for (let day = first; day <= until.getTime() + DAY_MS; day += DAY_MS) {
    if (!meetsOn(cadence, day)) continue
    const at = new Date(instantAt(cadence.timeZone, day + cadence.atMinute * MINUTE_MS))
    if (at >= from && at < until) meetings.push(at)
  }
  return meetings
}

/** Whether it meets on a local day, given as its midnight read as UTC. */
function meetsOn({ weekdays, weeks, nth, months, startsOn }: Cadence, day: number): boolean {
  const date = new Date(day)
  if (!weekdays.includes(date.getUTCDay() || 7)) return false
  const start = Date.parse(`${startsOn}T00:00Z`)
  if (nth === null) return ((mondayOf(day) - mondayOf(start)) / (7 * DAY_MS)) % weeks === 0
  if ((monthOf(day) - monthOf(start)) % months !== 0) return false
  const inMonth = Math.ceil(date.getUTCDate() / 7)
  const isLast = new Date(day + 7 * DAY_MS).getUTCMonth() !== date.getUTCMonth()
  return nth === -1 ? isLast : inMonth === nth
}

const dayOf = (at: number) => Math.floor(at / DAY_MS) * DAY_MS
const mondayOf = (day: number) => day - ((new Date(day).getUTCDay() + 6) % 7) * DAY_MS
const monthOf = (day: number) => new Date(day).getUTCFullYear() * 12 + new Date(day).getUTCMonth()
