import { invalid } from '#core/failure.ts'

/** How far ahead of ours another clock may be before what it says is refused. */
const CLOCK_SKEW_MS = 2 * 60_000

/** Throws when `at` lies in the future by more than another clock may be ahead. */
export function requirePast(at: Date, now: Date, where: string): void {
  if (at.getTime() > now.getTime() + CLOCK_SKEW_MS) throw invalid('incident.from-the-future', { where })
}

/** Throws when `at` lies before the incident was opened: what happened to it cannot be older than it is. */
export function requireAfterOpening(
  at: Date,
  { number, openedAt }: { readonly number: string; readonly openedAt: Date },
): void {
  if (at >= openedAt) return
  const opened = openedAt.toISOString()
  throw invalid(
    'incident.before-opening',
    { incident: number, opened },
    { errors: [{ path: 'occurredAt', message: '' }] },
  )
}
