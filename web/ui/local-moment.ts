import { instantAt, localAt } from '#core/zone.ts'

/** What somebody typed: a local date and time, `2026-03-29` and `02:30`; empty where nothing is typed. */
export interface LocalMoment {
  readonly date: string
  readonly time: string
}

/**
 * The instant that is meant in a zone, or null while something is missing. `shifted` when the clocks of that day never
 * show that time: then the later one is meant, as far beyond the gap.
 */
export function momentIn(zone: string, { date, time }: LocalMoment): { at: Date; shifted: boolean } | null {
  const local = Date.parse(`${date}T${time}Z`)
  // A thirtieth of February would be taken for the second of March.
  if (Number.isNaN(local) || new Date(local).toISOString().slice(0, 10) !== date) return null
  const at = instantAt(zone, local)
  return { at: new Date(at), shifted: localAt(zone, at) !== local }
}

/** An instant as somebody would type it in a zone, to the minute. */
export function typedIn(zone: string, at: Date): LocalMoment {
  const text = new Date(localAt(zone, at.getTime())).toISOString()
  return { date: text.slice(0, 10), time: text.slice(11, 16) }
}
