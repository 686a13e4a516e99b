import type { CancelledFor } from '#core/clock-terms.ts'
import { Failure, invalid, refused } from '#core/failure.ts'
import { newId } from '#core/id.ts'
import { reachable } from '#core/lifecycle.ts'
import { barredFromWorking, require } from '#core/may.ts'
import { requireTeam } from '#modules/people'
import {
  type Affected,
  agreementFor,
  askOf,
  countBehind,
  countClocks,
  nextDue,
  type Priority,
  priorityOf,
  readBehind,
  replaceBehind,
  replaceClocks,
  usualMatrix,
} from '#modules/service-levels'
import { requireService } from '#modules/services'
import { requireSite } from '#modules/sites'
import type { Context } from '#platform/context.ts'
import { audit, type Fact, record } from '#platform/history.ts'
import { readOwnWords } from '#platform/own-words.ts'
import type { IncidentChange, IncidentPage, Transition } from './api.ts'
import { clockEventsOf, firstTeamOf } from './clock-events.ts'
import { incidentLifecycle, type IncidentState } from './incident.ts'
import { requireAfterLastStep, requireAfterOpening, requirePast } from './moment.ts'
import { requireMentionable } from './mentions.ts'
import { owesUpdate } from './clocks.ts'
import { getIncident, keepInSight, lockIncident, updateIncident } from './queries.ts'
import { readClockFacts } from './timeline.ts'
import { requireHolder } from './sight.ts'

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
  { to, reason, note, evidence, occurredAt, resumeAt, cancelledFor, into }: Step,
  automatic?: 'date-reached' | 'answered',
): Promise<IncidentPage> {
  require(barredFromWorking(context.actor))
  const { db, now } = context
  const at = occurredAt ?? now
  requirePast(at, now, 'API')
  const incident = await lockIncident(db, idOrNumber)
  requireAfterOpening(at, incident)
  if (at < now) requireAfterLastStep(at, incident.number, await readClockFacts(db, incident))
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
  if (to === 'resolved' && !note)
    throw invalid('incident.resolution-needed', {}, { errors: [{ path: 'note', message: '' }] })
  if (resumeAt !== undefined) requireResumable(to, at, resumeAt)
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
    updatedAt: now,
    ...momentsOf(to, at, incident),
    ...(to === 'resolved' && { resolution: note! }),
    ...(reopens && { reopenCount: incident.reopenCount + 1, resolvedAt: null, closedAt: null }),
  })
  await recountClocks(context, incident.id)
  return getIncident(context, incident.id)
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

/** Changes what is given. Another priority counts the clocks anew, by the agreement's rule for why it changed. */
export async function changeIncident(
  context: Context,
  idOrNumber: string,
  version: number,
  change: IncidentChange,
): Promise<IncidentPage> {
  require(barredFromWorking(context.actor))
  const { db, now } = context
  const incident = await lockIncident(db, idOrNumber)
  if (incident.version !== version) throw new Failure('moved-on', 'request.moved-on')
  const { customerId } = incident
  const { assignee } = change
  if (assignee !== undefined && assignee !== null && assignee !== incident.assigneeId) await requireHolder(db, assignee)
  const resolved = {
    siteId: await idOf(change.site, async (site) => (await requireSite(db, customerId, site)).id),
    serviceId: await idOf(change.service, async (service) => (await requireService(db, customerId, service)).id),
    teamId: await idOf(change.team, async (team) => (await requireTeam(db, team)).id),
  }
  const impact = change.impact ?? (incident.impact as 'high')
  const urgency = change.urgency ?? (incident.urgency as 'high')
  const rated = impact !== incident.impact || urgency !== incident.urgency
  const affected = { ...incident, serviceId: resolved.serviceId ?? incident.serviceId }
  const agreement = rated ? await agreementFor(db, affected, incident.openedAt) : null
  const priority: Priority = rated
    ? priorityOf(agreement?.matrix ?? (await usualMatrix(db)), impact, urgency)
    : incident.priority

  const about = { subjectType: 'incident', subjectId: incident.id, customerId } as const
  const facts: Fact[] = []
  if (priority !== incident.priority) {
    const reason = change.priorityChange ?? 'correction'
    facts.push({
      ...about,
      kind: 'incident.priority',
      facts: { from: incident.priority, to: priority, reason, impact, urgency },
      visibility: 'public',
    })
  }
  const assigned = {
    ...(resolved.teamId !== undefined &&
      resolved.teamId !== incident.teamId && { team: { from: incident.teamId, to: resolved.teamId } }),
    ...(change.assignee !== undefined &&
      change.assignee !== incident.assigneeId && { assignee: { from: incident.assigneeId, to: change.assignee } }),
  }
  const { note } = change
  const handed = Object.keys(assigned).length > 0
  if (handed) facts.push({ ...about, kind: 'incident.assigned', facts: { ...assigned, ...(note && { note }) } })
  else if (note) {
    requireNotOver(incident)
    facts.push({ ...about, kind: 'incident.note', facts: { text: note } })
  }
  const plain = plainChanges(incident, {
    title: change.title,
    description: change.description,
    category: change.category,
    siteId: resolved.siteId,
    serviceId: resolved.serviceId,
    ...(rated && { impact, urgency }),
  })
  if (Object.keys(plain).length > 0)
    facts.push({ ...about, kind: 'incident.changed', facts: plain, visibility: 'public' })
  if (facts.length === 0) return getIncident(context, incident.id)

  await record(context, ...facts)
  await audit(context, {
    action: 'incident.changed',
    ...about,
    facts: { fields: [...Object.keys(plain), ...Object.keys(assigned)] },
  })
  if ('team' in assigned && (context.actor.parts ?? []).length > 0) await keepInSight(db, incident.id)
  const moved = 'team' in assigned && incident.respondedAt !== null && incident.teamId !== null
  // It went to another team before anybody had begun: it had been routed wrongly.
  const misrouted =
    'team' in assigned && incident.respondedAt === null && incident.teamId !== null && resolved.teamId !== null
  await updateIncident(db, incident.id, {
    ...Object.fromEntries(Object.entries(plain).map(([field, { to }]) => [field, to])),
    ...(resolved.teamId !== undefined && { teamId: resolved.teamId }),
    ...(change.assignee !== undefined && { assigneeId: change.assignee }),
    ...(incident.state === 'new' && resolved.teamId && { state: 'assigned' as const }),
    priority,
    ...(moved && { hopCount: incident.hopCount + 1 }),
    ...(misrouted && { misrouteCount: incident.misrouteCount + 1 }),
    updatedAt: now,
  })
  await recountClocks(context, incident.id)
  return getIncident(context, incident.id)
}

async function idOf(
  given: string | null | undefined,
  find: (name: string) => Promise<string>,
): Promise<string | null | undefined> {
  return given === undefined || given === null ? given : find(given)
}

/** Of the given fields those that differ, as `{ from, to }`. Long texts are not kept twice: their change is, their words are not. */
function plainChanges(before: Readonly<Record<string, unknown>>, after: Readonly<Record<string, unknown>>) {
  return Object.fromEntries(
    Object.entries(after)
      .filter(([field, to]) => to !== undefined && to !== before[field])
      .map(([field, to]) => [field, { from: before[field], to }]),
  )
}

/** Where an incident is over, nobody reads a note any more. */
function requireNotOver({ number, state }: { readonly number: string; readonly state: IncidentState }): void {
  if (state === 'closed' || state === 'cancelled') throw refused('incident.note-over', { incident: number, state })
}

/** Adds a note to the history. */
export async function addNote(
  context: Context,
  idOrNumber: string,
  {
    text,
    visibility,
    mentions = [],
  }: { text: string; visibility: 'internal' | 'public'; mentions?: readonly string[] },
) {
  require(barredFromWorking(context.actor))
  const { db, now } = context
  const incident = await lockIncident(db, idOrNumber)
  requireNotOver(incident)
  const about = { subjectType: 'incident', subjectId: incident.id, customerId: incident.customerId } as const
  const mentioned = await requireMentionable(context, incident.id, { mentions, visibility })
  const facts = { text, ...(mentioned.length > 0 && { mentions: mentioned }) }
  await record(context, { ...about, kind: 'incident.note', facts, visibility })
  await audit(context, { action: 'incident.note', ...about })
  const answers = visibility === 'public' && incident.respondedAt === null
  if (answers) await record(context, { ...about, kind: 'incident.responded', visibility: 'public' })
  await updateIncident(db, incident.id, { updatedAt: now, ...(answers && { respondedAt: now }) })
  const updates = visibility === 'public' && !answers && (await owesUpdate(db, incident.id))
  if (answers || updates) await recountClocks(context, incident.id)
  return {
    id: newId(now.getTime()),
    kind: 'incident.note',
    occurredAt: now,
    recordedAt: now,
    actor: null,
    visibility,
    facts,
  }
}

/** Counts an incident's clocks from its history. To be called with the incident locked. */
export async function recountClocks({ db, now }: Context, incidentId: string): Promise<void> {
  const incident = await lockIncident(db, incidentId)
  const { customerId, number, priority, category, siteId, serviceId, teamId } = incident
  const events = clockEventsOf(await readClockFacts(db, incident))
  const affected = { customerId, serviceId, siteId, teamId: firstTeamOf(events) }
  const agreement = await agreementFor(db, affected, incident.openedAt)
  const subject = { incidentId, customerId, number, priority, category, siteId, serviceId, teamId }
  const clocks = agreement === null ? [] : countClocks(agreement, subject, events, now.getTime())
  const rows = clocks.map(({ row }) => row())
  await replaceClocks({ db, now }, incidentId, rows)
  // Where nothing stands behind what was agreed, that costs nothing.
  if (agreement?.isSupported) {
    const behind = await readBehind(db, agreement.versionId, subject, incident.openedAt)
    await replaceBehind(askOf(db), [incidentId], countBehind(behind, subject, events, now.getTime()), { now })
  }
  await db
    .updateTable('incident')
    .set({ dueAt: nextDue(clocks) })
    .where('id', '=', incidentId)
    .execute()
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
