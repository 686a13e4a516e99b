import { instantAt, localAt } from '#core/zone.ts'
import type { MailRhythm } from './kind.ts'

const MINUTE_MS = 60_000
const DAY_MS = 86_400_000

/** What is seen in the application within so long is not sent by mail. */
const GRACE_MS = 2 * MINUTE_MS

/** When somebody wants to hear of things; minutes after midnight in their zone. */
export interface Rhythm {
  readonly zone: string
  readonly digestAt: number
  /** 1 is Monday. */
  readonly digestDay: number
  /** Null: never quiet. From inclusive, to exclusive; the same twice means the whole day. */
  readonly quiet: { readonly from: number; readonly to: number } | null
}

export const usualDigest = { digestAt: 450, digestDay: 1 } as const

/** When the quiet hours end that hold at `now`; null when none do. */
export function quietUntil({ zone, quiet }: Rhythm, now: number): number | null {
  if (quiet === null) return null
  const local = localAt(zone, now)
  const midnight = Math.floor(local / DAY_MS) * DAY_MS
  const minute = (local - midnight) / MINUTE_MS
  const { from, to } = quiet
  const overnight = from >= to
  const inside = overnight ? minute >= from || minute < to : minute >= from && minute < to
  if (!inside) return null
  const ends = midnight + to * MINUTE_MS
  return instantAt(zone, overnight && minute >= from ? ends + DAY_MS : ends)
}

/** When a mail about something of `now` goes out; null for never. Not within quiet hours, but for a digest: its time was chosen. */
export function mailDueAt(rhythm: Rhythm, mail: MailRhythm, now: number): number | null {
  if (mail === 'never') return null
  if (mail === 'now') {
    const at = now + GRACE_MS
    return quietUntil(rhythm, at) ?? at
  }
  const { zone, digestAt, digestDay } = rhythm
  const midnight = Math.floor(localAt(zone, now) / DAY_MS) * DAY_MS
  for (let day = 0; ; day++) {
    const date = midnight + day * DAY_MS
    // Of an ISO week: Sunday is 7.
    const weekday = new Date(date).getUTCDay() || 7
    const at = instantAt(zone, date + digestAt * MINUTE_MS)
    if (at > now && (mail === 'daily' || weekday === digestDay)) return at
  }
}
