import { invalid, refused } from '#core/failure.ts'
import { newId } from '#core/id.ts'
import { require } from '#core/may.ts'
import { getIncident } from '#modules/incidents'
import { requireService } from '#modules/services'
import { requireSite } from '#modules/sites'
import { explaining } from '#platform/constraint.ts'
import type { Context } from '#platform/context.ts'
import { audit, record } from '#platform/history.ts'
import type { MajorDeclaration, MajorIncidentPage } from './api.ts'
import { barredFromDeclaring } from './may.ts'
import { requireColleague } from './people-of.ts'
import { firstDueOf, getMajorIncident } from './queries.ts'

/**
 * Declares an incident a major one, or proposes it. What is affected is that of the incident unless said. Fails for an
 * incident that is one already, and for a declaration that names nobody who leads.
 */
export async function declareMajorIncident(context: Context, given: MajorDeclaration): Promise<MajorIncidentPage> {
  require(barredFromDeclaring(context.actor))
  const { db, now, actor } = context
  const incident = await getIncident(context, given.incident)
  const customerId = incident.customer.id
  requireWords(given)
  const { candidate, criteria, criteriaWords, bridge, affectedUsers = null, businessImpact = '' } = given
  const commander = given.commander ? await requireColleague(db, given.commander) : null
  if (!candidate && commander === null) throw refused('major-incident.commander-needed')
  const communications = given.communications ? await requireColleague(db, given.communications) : null
  const technical = await Promise.all((given.technical ?? []).map((id) => requireColleague(db, id)))
  const serviceIds = given.services ?? (incident.service === null ? [] : [incident.service.id])
  const siteIds = given.sites ?? (incident.site === null ? [] : [incident.site.id])
  await requireParts(context, customerId, { services: serviceIds, sites: siteIds })
  const id = newId(now.getTime())
  await explaining({ major_incident_once: 'major-incident.there-already' }, { incident: incident.number }, () =>
    db
      .insertInto('majorIncident')
      .values({
        id,
        customerId,
        incidentId: incident.id,
        state: candidate ? 'candidate' : 'declared',
        criteria: [...new Set(criteria)],
        criteriaWords,
        proposedBy: actor.personId,
        proposedAt: now,
        ...(!candidate && { declaredBy: actor.personId, declaredAt: now, nextUpdateDue: firstDueOf(now) }),
        commanderId: commander?.id ?? null,
        communicationsId: communications?.id ?? null,
        technicalIds: technical.map((each) => each.id),
        bridge,
        serviceIds,
        siteIds,
        affectedUsers,
        businessImpact,
        updatedAt: now,
      })
      .execute(),
  )
  const about = { subjectType: 'major-incident', subjectId: id, customerId } as const
  const roles = [
    { role: 'commander', people: commander === null ? [] : [commander] },
    { role: 'communications', people: communications === null ? [] : [communications] },
    { role: 'technical', people: technical },
  ].filter(({ people }) => people.length > 0)
  await record(
    context,
    {
      ...about,
      kind: candidate ? 'major-incident.proposed' : 'major-incident.declared',
      facts: { criteria, criteriaWords },
    },
    // What a customer's people may know of it: that it was decided, not why.
    ...(candidate
      ? []
      : [
          { ...about, kind: 'major-incident.state' as const, facts: { to: 'declared' }, visibility: 'public' as const },
        ]),
    ...roles.map((facts) => ({ ...about, kind: 'major-incident.role' as const, facts })),
  )
  await audit(context, {
    action: candidate ? 'major-incident.proposed' : 'major-incident.declared',
    ...about,
    facts: { incident: incident.number, criteria },
  })
  return getMajorIncident(context, id)
}

/** Throws where another criterion is not said in words. */
export function requireWords({
  criteria,
  criteriaWords,
}: {
  readonly criteria: readonly string[]
  readonly criteriaWords: string
}): void {
  if (!criteria.includes('other') || criteriaWords !== '') return
  throw invalid('major-incident.criterion-words', {}, { errors: [{ path: 'criteriaWords', message: '' }] })
}

/** Throws for services and sites that are not the customer's. */
export async function requireParts(
  { db }: Pick<Context, 'db'>,
  customerId: string,
  {
    services = [],
    sites = [],
  }: { readonly services?: readonly string[] | undefined; readonly sites?: readonly string[] | undefined },
): Promise<void> {
  for (const id of services) await requireService(db, customerId, id)
  for (const id of sites) await requireSite(db, customerId, id)
}
