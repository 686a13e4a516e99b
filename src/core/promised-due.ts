import { type Boundary, dueAfter, type OpenTime } from '#core/calendar.ts'
import { DAY_MS } from '#core/calendar-rules.ts'
import type { WorkingDays } from '#core/clock-terms.ts'
import { inServiceTime } from '#core/working-days.ts'

/** How an agreement means a day: 24 hours of service time, or a working day until the same time or until closing time. */
export const dayReadings = ['service-time', 'same-time', 'end-of-day'] as const
export type DayReading = (typeof dayReadings)[number]

/** A promise as it is written: in service time, or in days of one reading. */
export type WrittenPromise =
  | { readonly targetMs: number }
  | { readonly days: { readonly count: number; readonly reading: DayReading } }

/** The days of a promise that are no plain service time. */
export function workingDaysOf(count: number, reading: DayReading): WorkingDays | undefined {
  return reading === 'service-time' ? undefined : { count, end: reading === 'end-of-day' ? 'closing' : 'same-time' }
}

/** When a promise is due that begins at `start` and is never paused; null when the hours never open long enough. */
export function promisedDue(
  open: OpenTime,
  start: number,
  promise: WrittenPromise,
  boundary: Boundary = 'closing',
): number | null {
  if ('targetMs' in promise) return dueAfter(open, start, promise.targetMs, boundary)
  const { count, reading } = promise.days
  const target = { targetMs: count * DAY_MS, open, days: workingDaysOf(count, reading) }
  return dueAfter(open, start, inServiceTime(target, start).targetMs, boundary)
}
