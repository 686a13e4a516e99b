import { Failure } from '#core/failure.ts'
import { barredFromWorking, require } from '#core/may.ts'
import { requireTeam } from '#modules/people'
import { agreementFor, type Priority, priorityOf, usualMatrix } from '#modules/service-levels'
import { requireService } from '#modules/services'
import { requireSite } from '#modules/sites'
import type { Context } from '#platform/context.ts'
import { audit, type Fact, record } from '#platform/history.ts'
import type { IncidentChange, IncidentPage } from './api.ts'
import { requireNotOver } from './notes.ts'
import { getIncident, keepInSight, lockIncident, updateIncident } from './queries.ts'
import { recountClocks } from './recount.ts'
import { requireHolder } from './sight.ts'

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
