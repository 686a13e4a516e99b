import { getIncident } from '#modules/incidents'
import { type Language } from '#core/text.ts'
import type { Context } from '#platform/context.ts'
import { readActions } from './actions-query.ts'
import { countChildren, firstDueOf, readMajorIncident } from './queries.ts'
import type { ReportFacts } from './report-facts.ts'
import type { ReportSection } from './report-parts.ts'
import { namesIn } from './report-timeline.ts'
import { rhythmOf } from './rhythm.ts'
import { readMajorTimeline } from './timeline.ts'
import { readSentUpdates } from './updates-query.ts'

/** Gathers everything that reports of one major incident are made of. */
export async function readReportFacts(context: Context, id: string, language: Language): Promise<ReportFacts> {
  const { db, now } = context
  const major = await readMajorIncident(context, id)
  const incident = await getIncident(context, major.incident.id)
  const { timeZone, items: timeline } = await readMajorTimeline(context, id)
  const updates = await readSentUpdates(db, major)
  const actions = await readActions(db, id)
  const { hopCount } = await db
    .selectFrom('incident')
    .select('hopCount')
    .where('id', '=', incident.id)
    .executeTakeFirstOrThrow()
  const none = { onTime: 0, due: 0, gaps: [] }
  const commanderAt = timeline.find(
    ({ kind, facts }) => kind === 'major-incident.role' && facts['role'] === 'commander',
  )
  const named = timeline.flatMap(({ actor, facts }) => [
    ...(actor === null ? [] : [actor]),
    ...namesIn(facts['people']),
    ...(typeof facts['decidedBy'] === 'string' ? [facts['decidedBy']] : []),
  ])
  return {
    now,
    timeZone,
    number: incident.number,
    title: incident.title,
    priority: incident.priority,
    customer: major.customer.name,
    services: major.services.map(({ name }) => name),
    sites: major.sites.map(({ name }) => name),
    affectedUsers: major.affectedUsers,
    businessImpact: major.businessImpact,
    reckoning: major.reckoning,
    commander: major.commander?.name ?? null,
    bridge: major.bridge,
    criteria: major.criteria,
    criteriaWords: major.criteriaWords,
    state: major.state,
    occurredAt: incident.occurredAt,
    openedAt: incident.openedAt,
    detectedAt: incident.detectedAt,
    detection: incident.detection,
    respondedAt: incident.respondedAt,
    declaredAt: major.declaredAt,
    commanderAt: commanderAt?.at ?? null,
    mitigatedAt: major.mitigatedAt,
    restoredAt: major.restoredAt,
    monitoringUntil: major.monitoringUntil,
    stoodDownAt: major.stoodDownAt,
    nextUpdateDue: major.nextUpdateDue,
    hops: hopCount,
    children: await countChildren(db, incident.id),
    clocks: incident.clocks.filter(({ state }) => state !== 'cancelled' && state !== 'not-started'),
    updates,
    rhythm:
      major.declaredAt === null
        ? none
        : rhythmOf(firstDueOf(major.declaredAt), updates, { now, over: major.stoodDownAt }),
    timeline,
    actions,
    texts: await readTexts(context, id, language),
    names: [
      ...named,
      ...[
        major.commander,
        major.communications,
        major.declaredBy,
        ...major.technical,
        incident.requester,
        incident.assignee,
      ].flatMap((each) => each?.name ?? []),
      ...actions.flatMap(({ owner }) => owner?.name ?? []),
    ],
  }
}

async function readTexts({ db }: Context, id: string, language: Language): Promise<ReportFacts['texts']> {
  const rows = await db
    .selectFrom('majorIncidentText')
    .select(['section', 'text', 'version'])
    .where('majorIncidentId', '=', id)
    .where('language', '=', language)
    .execute()
  return Object.fromEntries(rows.map(({ section, text, version }) => [section as ReportSection, { text, version }]))
}
