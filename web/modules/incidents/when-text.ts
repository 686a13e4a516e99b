import type { Format } from '#web/ui/format.ts'
import type { Say } from '#web/ui/text.tsx'

const DAY_MS = 86_400_000
/** Closer than this the time that is left says more than the moment. */
const NEAR_MS = 12 * 3_600_000

interface Seen {
  readonly t: Say
  readonly format: Format
  readonly now: Date
  readonly zone?: string | undefined
}

/** A moment inside a sentence: `today at 13:40`, `tomorrow at 08:10`, `on Fri 6 Nov at 14:10`. */
export function whenText(at: Date, { t, format, now, zone }: Seen): string {
  const day = (moment: Date) => format.date(moment, zone)
  const time = format.time(at, zone)
  if (day(at) === day(now)) return t('incidents.when.today', { time })
  if (day(at) === day(new Date(now.getTime() + DAY_MS))) return t('incidents.when.tomorrow', { time })
  if (day(at) === day(new Date(now.getTime() - DAY_MS))) return t('incidents.when.yesterday', { time })
  return t('incidents.when.day', { day: format.day(at, zone), time })
}

/** When something is due, for a narrow column: `2 h 58` while it is near, then `Wed 08:40`, then the day. */
export function dueText(at: Date, { format, now, zone }: Omit<Seen, 't'>): string {
  const left = at.getTime() - now.getTime()
  if (left < NEAR_MS) return format.duration(Math.max(0, left))
  return left < 6 * DAY_MS ? format.weekTime(at, zone) : format.dayShort(at, zone)
}

/** When something was, for a narrow column: `10:31` today, then `Mon 14:20`, then the day. */
export function agoText(at: Date, { format, now, zone }: Omit<Seen, 't'>): string {
  if (format.date(at, zone) === format.date(now, zone)) return format.time(at, zone)
  return now.getTime() - at.getTime() < 6 * DAY_MS ? format.weekTime(at, zone) : format.dayShort(at, zone)
}

const HOUR_MS = 3_600_000
/** From so many hours on minutes say nothing more. */
const COARSE_FROM_MS = 10 * HOUR_MS

/** By how much something is late, for a narrow column: `2 h 20`, then only hours. */
export function overText(ms: number, format: Format): string {
  return format.duration(ms < COARSE_FROM_MS ? ms : Math.floor(ms / HOUR_MS) * HOUR_MS)
}
