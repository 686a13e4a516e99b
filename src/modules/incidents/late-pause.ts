import type { PauseReason } from '#core/clock-terms.ts'
import { refused } from '#core/failure.ts'
import type { Context } from '#platform/context.ts'
import { audit, record } from '#platform/history.ts'
import { correctedFacts } from './clock-events.ts'
import { outOfOrder, requirePast, steps, zoneOf } from './moment.ts'
import { lockIncident, updateIncident } from './queries.ts'
import { readClockFacts } from './timeline.ts'

/** A pause that nobody recorded while it was. */
export interface LatePause {
  /** Id or number. */
  readonly incident: string
  readonly from: Date
  readonly to: Date
  readonly waitedFor: PauseReason
}

/**
 * The incident, if such a pause fits into its history: while somebody worked on it, with no other step in between. Throws
 * with the reason when not.
 *
 * @returns `isEnded`: whether the next step falls on the pause's end, and so ends it by itself.
 */
export async function requireLatePause({ db, now }: Context, { incident: name, from, to }: LatePause) {
  const incident = await lockIncident(db, name)
  if (to <= from) throw refused('correction.pause-backwards', {}, { errors: [{ path: 'change.to', message: '' }] })
  requirePast(to, now, 'change.to', await zoneOf(db, incident))
  const known = correctedFacts(await readClockFacts(db, incident)).filter(({ kind }) => steps.includes(kind))
  const place = known.findLastIndex(({ at }) => at <= from.getTime())
  const during = known[place]
  if (during === undefined) throw refused('correction.before-opening', { incident: incident.number })
  const state = during.facts['to'] ?? during.facts['state'] ?? 'new'
  if (state !== 'in-progress') throw refused('correction.pause-idle', { incident: incident.number })
  const next = known[place + 1]?.at
  if (next !== undefined && next < to.getTime()) {
    throw outOfOrder(incident.number, { after: during.at, before: next }, await zoneOf(db, incident), 'change.to')
  }
  return { incident, isEnded: next === to.getTime() }
}

/** Enters a pause where it was in the history, as if it had been recorded then. Counting clocks is the caller's. */
export async function enterLatePause(
  context: Context,
  { correctionId, evidence, ...pause }: LatePause & { readonly correctionId: string; readonly evidence: string },
): Promise<void> {
  const { db, now } = context
  const { incident, isEnded } = await requireLatePause(context, pause)
  const about = { subjectType: 'incident', subjectId: incident.id, customerId: incident.customerId } as const
  const step = (from: string, to: string, at: Date, rest = {}) =>
    ({
      ...about,
      kind: 'incident.state',
      facts: { from, to, ...rest, correction: correctionId },
      visibility: 'public',
      occurredAt: at,
    }) as const
  const began = step('in-progress', 'on-hold', pause.from, { reason: pause.waitedFor, evidence })
  await record(context, began, ...(isEnded ? [] : [step('on-hold', 'in-progress', pause.to)]))
  await audit(context, { action: 'incident.corrected', ...about, facts: { correction: correctionId } })
  await updateIncident(db, incident.id, { updatedAt: now })
}
