import { instantAt, localAt, offsetAt } from '#core/zone.ts'

/** What somebody typed: a local date and time, `2026-03-29` and `02:30`; empty where nothing is typed. */
export interface LocalMoment {
  readonly date: string
  readonly time: string
}

/** Longer than clocks are ever set back. */
const SET_BACK_MS = 3 * 3_600_000

/** The instant that a reading of a clock means. */
interface MeantMoment {
  readonly at: Date
  /** The clocks of that day never show that time: the later one is meant, as far beyond the gap. */
  readonly shifted: boolean
  /** When they show it once more, after they were set back. */
  readonly again: Date | null
}

/** The instant that is meant in a zone, the first where there are two; null while something is missing. */
export function momentIn(zone: string, { date, time }: LocalMoment): MeantMoment | null {
  const local = Date.parse(`${date}T${time}Z`)
  // A thirtieth of February would be taken for the second of March.
  if (Number.isNaN(local) || new Date(local).toISOString().slice(0, 10) !== date) return null
  const at = instantAt(zone, local)
  const again = local - offsetAt(zone, at + SET_BACK_MS)
  const isAgain = again > at && localAt(zone, again) === local
  return { at: new Date(at), shifted: localAt(zone, at) !== local, again: isAgain ? new Date(again) : null }
}

/** An instant as somebody would type it in a zone, to the minute. */
export function typedIn(zone: string, at: Date): LocalMoment {
  const text = new Date(localAt(zone, at.getTime())).toISOString()
  return { date: text.slice(0, 10), time: text.slice(11, 16) }
}
