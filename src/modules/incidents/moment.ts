import { invalid, refused } from '#core/failure.ts'
import { correctedFacts, type IncidentFact } from './clock-events.ts'

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

/** Facts that say in which state an incident is: each of them follows the one before. */
const steps: readonly string[] = ['incident.opened', 'incident.state']

/** Throws when `at` lies before the last step of a history: a pause would end before it begins, or a stop precede its start. */
export function requireAfterLastStep(at: Date, number: string, history: readonly IncidentFact[]): void {
  const last = correctedFacts(history).findLast(({ kind }) => steps.includes(kind))
  if (last === undefined || at.getTime() >= last.at) return
  throw invalid(
    'incident.out-of-order',
    { incident: number, since: new Date(last.at).toISOString() },
    { errors: [{ path: 'occurredAt', message: '' }] },
  )
}

/** Throws when a step that is moved to `at` would change places with another; says between which moments it can be. */
export function requireInPlace(
  { factId, at }: { readonly factId: string; readonly at: Date },
  number: string,
  history: readonly IncidentFact[],
): void {
  const known = correctedFacts(history).filter(({ kind }) => steps.includes(kind))
  const place = known.findIndex(({ id }) => id === factId)
  if (place === -1) return
  const after = known[place - 1]?.at
  const before = known[place + 1]?.at
  if ((after === undefined || at.getTime() >= after) && (before === undefined || at.getTime() <= before)) return
  throw refused('correction.out-of-order', {
    incident: number,
    bounds: after === undefined ? 'end' : before === undefined ? 'start' : 'both',
    after: after === undefined ? '' : new Date(after).toISOString(),
    before: before === undefined ? '' : new Date(before).toISOString(),
  })
}
