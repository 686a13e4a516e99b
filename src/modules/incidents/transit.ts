import type { CancelledFor } from '#core/clock-terms.ts'
import { invalid, refused } from '#core/failure.ts'
import { reachable } from '#core/lifecycle.ts'
import { barredFromWorking, require } from '#core/may.ts'
import { type Affected, agreementFor } from '#modules/service-levels'
import type { Context } from '#platform/context.ts'
import { audit, type Fact, record } from '#platform/history.ts'
import { readOwnWords } from '#platform/own-words.ts'
import type { IncidentPage, Transition } from './api.ts'
import { closingOf } from './closing.ts'
import { incidentLifecycle, type IncidentState } from './incident.ts'
import { CLOCK_SKEW_MS, requireAfterLastStep, requireAfterOpening, requirePastOf } from './moment.ts'
import { getIncident, lockIncident, updateIncident } from './queries.ts'
import { recountClocks } from './recount.ts'
import { resolutionCodeOf } from './resolution.ts'
import { readClockFacts } from './timeline.ts'

/** A transition as it is asked for, and those that only follow from something else. */
type Step = Omit<Transition, 'cancelledFor'> & {
  readonly cancelledFor?: CancelledFor | undefined
  /** Number of the incident of which this is a duplicate. */
  readonly into?: string | undefined
}

/**
 * Moves an incident to another state, at a moment that may lie in the past, and counts its clocks anew.
 *
 * @param automatic Why nobody did it.
 */
export async function transitIncident(
  context: Context,
  idOrNumber: string,
  step: Step,
  automatic?: 'date-reached' | 'answered' | 'unanswered',
): Promise<IncidentPage> {
  require(barredFromWorking(context.actor))
  const { to, reason, note, evidence, occurredAt, resumeAt, cancelledFor, into } = step
  const { db, now } = context
  const at = occurredAt ?? now
  const incident = await lockIncident(db, idOrNumber)
  await requirePastOf(db, { at, now }, incident)
  await requireAfterOpening(db, at, incident)
  if (at < now) await requireAfterLastStep(db, at, { incident, history: await readClockFacts(db, incident) })
  const from = incident.state
  const next =
    from === 'on-hold' && to === 'on-hold' ? to : reachable(incidentLifecycle, from).find((state) => state === to)
  if (next === undefined) {
    const { states } = await readOwnWords(db, context.actor.language)
    // The sentence says what it does not know as it is given.
    const called = (state: IncidentState) => states[state] ?? state.replace('-', '_')
    throw refused('incident.cannot', { state: called(from), to: called(to) })
  }
  if (to === 'on-hold' && reason === undefined)
    throw invalid('incident.reason-needed', {}, { errors: [{ path: 'reason', message: '' }] })
  if (to === 'on-hold' && !evidence && automatic === undefined) await requireEvidence(context, incident, reason!)
  if (to === 'resolved' && !note)
    throw invalid('incident.resolution-needed', {}, { errors: [{ path: 'note', message: '' }] })
  if (resumeAt !== undefined) requireResumable(to, at, resumeAt)
  const ended = await endingOf(context, incident, step)
  const reopens = (from === 'resolved' || from === 'closed') && to === 'in-progress'
  if (reopens) await requireReopenable(context, incident, at)

  const about = { subjectType: 'incident', subjectId: incident.id, customerId: incident.customerId } as const
  const fact: Fact = {
    ...about,
    kind: 'incident.state',
    facts: {
      from,
      to,
      ...(reason && { reason }),
      ...(note && { note }),
      ...(evidence && { evidence }),
      ...ended,
      // Told late it pauses from now on: from when it was only once somebody else has approved (DOMAIN §3.1.5).
      ...(to === 'on-hold' && now.getTime() - at.getTime() > CLOCK_SKEW_MS && { countsFrom: now }),
      ...(resumeAt && { resumeAt }),
      ...(to === 'cancelled' && cancelledFor && { cancelledFor, ...(into && { into }) }),
      ...(automatic && { automatic }),
    },
    visibility: 'public',
    occurredAt: at,
  }
  await record(context, fact)
  await audit(context, { action: `incident.${to}`, ...about, facts: { from, to } })
  await updateIncident(db, incident.id, {
    state: to,
    pauseReason: to === 'on-hold' ? reason! : null,
    resumeAt: resumeAt ?? null,
    closesAt: to === 'resolved' ? await closingOf(context, incident) : null,
    updatedAt: now,
    ...momentsOf(to, at, incident),
    ...(to === 'resolved' && { resolution: note! }),
    ...ended,
    ...(reopens && { reopenCount: incident.reopenCount + 1, resolvedAt: null, closedAt: null }),
  })
  await recountClocks(context, incident.id)
  return getIncident(context, incident.id)
}

/** What is kept of how it ended: the code when it is resolved, and whether the cause is still there. */
async function endingOf(
  context: Context,
  incident: Parameters<typeof resolutionCodeOf>[1],
  { to, resolutionCode, workaround }: Step,
) {
  if (to !== 'resolved' && to !== 'restored') return {}
  const code = to === 'resolved' ? await resolutionCodeOf(context, incident, resolutionCode) : null
  return { ...(code !== null && { resolutionCode: code }), ...(workaround !== undefined && { workaround }) }
}

/** Takes up again what was cancelled wrongly, in the state in which it was: for clocks as if it had not been cancelled. */
export async function undoCancellation(context: Context, incidentId: string, before: IncidentState): Promise<void> {
  const { db, now } = context
  const { id, customerId } = await lockIncident(db, incidentId)
  // What it waited for, and until when, is over by now.
  const to = before === 'on-hold' ? 'in-progress' : before
  const about = { subjectType: 'incident', subjectId: id, customerId } as const
  const facts = { from: 'cancelled', to, undone: true }
  await record(context, { ...about, kind: 'incident.state', facts, visibility: 'public' })
  await audit(context, { action: `incident.${to}`, ...about, facts })
  await updateIncident(db, id, { state: to, updatedAt: now })
  await recountClocks(context, id)
}

/** Throws when the agreement lets this reason stop a clock only with evidence. */
async function requireEvidence({ db }: Context, incident: Affected & { readonly openedAt: Date }, reason: string) {
  const agreement = await agreementFor(db, incident, incident.openedAt)
  if (!agreement?.evidenceFor.some((each) => each === reason)) return
  throw invalid('incident.evidence-needed', {}, { errors: [{ path: 'evidence', message: '' }] })
}

const RESUME_WITHIN_MS = 366 * 86_400_000

/** Throws when what waits could not go on by itself then. */
function requireResumable(to: IncidentState, at: Date, resumeAt: Date): void {
  const after = resumeAt.getTime() - at.getTime()
  if (to === 'on-hold' && after > 0 && after <= RESUME_WITHIN_MS) return
  throw invalid('incident.resume-when', {}, { errors: [{ path: 'resumeAt', message: '' }] })
}

interface Moments {
  readonly respondedAt: Date | null
  readonly resolvedAt: Date | null
}

function momentsOf(to: IncidentState, at: Date, { respondedAt }: Moments) {
  const responded = respondedAt === null && to !== 'cancelled' && to !== 'assigned' ? { respondedAt: at } : {}
  if (to === 'restored') return { ...responded, restoredAt: at }
  if (to === 'resolved') return { ...responded, resolvedAt: at }
  if (to === 'closed') return { ...responded, closedAt: at }
  return responded
}

async function requireReopenable(
  { db }: Context,
  incident: Affected & { readonly openedAt: Date; readonly resolvedAt: Date | null; readonly closedAt: Date | null },
  at: Date,
): Promise<void> {
  const { openedAt, resolvedAt, closedAt } = incident
  const agreement = await agreementFor(db, incident, openedAt)
  const done = resolvedAt ?? closedAt
  if (agreement === null || done === null) return
  if (at.getTime() - done.getTime() > agreement.reopenWithinDays * 86_400_000) throw refused('incident.reopen-late')
}
