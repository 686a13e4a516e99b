import { Failure, refused } from '#core/failure.ts'
import { barredFromWorking, require } from '#core/may.ts'
import { requireTeam } from '#modules/people'
import { agreementFor, type Priority, priorityOf, usualMatrix } from '#modules/service-levels'
import { requireService } from '#modules/services'
import { requireSite } from '#modules/sites'
import type { Context } from '#platform/context.ts'
import { audit, type Fact, record } from '#platform/history.ts'
import type { Confidence, IncidentChange, IncidentPage } from './api.ts'
import { requirePast } from './moment.ts'
import { requireNotOver } from './notes.ts'
import { confidencesOf, getIncident, keepInSight, lockIncident, updateIncident } from './queries.ts'
import { forgetReaders } from './readers.ts'
import { recountClocks } from './recount.ts'
import { requireResolutionCode } from './resolution.ts'
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
  const { assignee, resolutionCode, detectedAt } = change
  if (resolutionCode && resolutionCode !== incident.resolutionCode) await requireResolutionCode(context, resolutionCode)
  if (detectedAt) requirePast(detectedAt, now, 'detectedAt')
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
    resolutionCode,
    workaround: change.workaround,
    detection: change.detection,
    detectedAt,
    ...(rated && { impact, urgency }),
  })
  const confided = confidenceOf(incident, change.confidential)
  if (confided !== null) {
    const teamId = resolved.teamId === undefined ? incident.teamId : resolved.teamId
    const assigneeId = assignee === undefined ? incident.assigneeId : assignee
    // Else nobody could work on it, nor take it back.
    if (confided.to.length > 0 && teamId === null && assigneeId === null) throw refused('incident.nobody-to-know')
    facts.push({ ...about, kind: 'incident.confided', facts: { from: confided.from, to: confided.to } })
  }
  const inside = plainChanges(incident, { causedByChange: change.causedByChange })
  if (Object.keys(plain).length > 0)
    facts.push({ ...about, kind: 'incident.changed', facts: plain, visibility: 'public' })
  // Which change brought it about is the provider’s affair.
  if (Object.keys(inside).length > 0) facts.push({ ...about, kind: 'incident.changed', facts: inside })
  if (facts.length === 0) return getIncident(context, incident.id)

  await record(context, ...facts)
  await audit(context, {
    action: 'incident.changed',
    ...about,
    facts: {
      fields: [
        ...Object.keys(plain),
        ...Object.keys(inside),
        ...Object.keys(assigned),
        ...(confided ? ['confidential'] : []),
      ],
    },
  })
  // Whoever hands it on, or lets fewer know of it, may not see it afterwards.
  const isNarrow = (context.actor.parts ?? []).length > 0 || confided !== null || confidencesOf(incident).length > 0
  if (isNarrow) await keepInSight(db, incident.id)
  if (confided?.to.length === 0) await forgetReaders(db, incident.id)
  const moved = 'team' in assigned && incident.respondedAt !== null && incident.teamId !== null
  // It went to another team before anybody had begun: it had been routed wrongly.
  const misrouted =
    'team' in assigned && incident.respondedAt === null && incident.teamId !== null && resolved.teamId !== null
  await updateIncident(db, incident.id, {
    ...Object.fromEntries(Object.entries({ ...plain, ...inside }).map(([field, { to }]) => [field, to])),
    ...(resolved.teamId !== undefined && { teamId: resolved.teamId }),
    ...(change.assignee !== undefined && { assigneeId: change.assignee }),
    ...confided?.columns,
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
      .filter(([field, to]) => to !== undefined && !isSame(to, before[field]))
      .map(([field, to]) => [field, { from: before[field], to }]),
  )
}

/** What else it concerns from now on; null where that stays as it is. */
function confidenceOf(
  incident: Parameters<typeof confidencesOf>[0],
  given: IncidentChange['confidential'],
): { readonly from: Confidence[]; readonly to: Confidence[]; readonly columns: typeof incident } | null {
  if (given === undefined) return null
  const from = confidencesOf(incident)
  const columns = { concernsPrivacy: given.includes('privacy'), concernsSecurity: given.includes('security') }
  const to = confidencesOf(columns)
  return from.join() === to.join() ? null : { from, to, columns }
}

function isSame(one: unknown, other: unknown): boolean {
  return one instanceof Date && other instanceof Date ? one.getTime() === other.getTime() : one === other
}
