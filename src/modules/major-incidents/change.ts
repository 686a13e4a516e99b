import { require } from '#core/may.ts'
import type { Context } from '#platform/context.ts'
import { audit, type Fact, record } from '#platform/history.ts'
import type { MajorChange, MajorIncident, MajorIncidentPage } from './api.ts'
import { requireParts, requireWords } from './declare.ts'
import { barredFromLeading } from './may.ts'
import { requireColleague } from './people-of.ts'
import { reckoned } from './reckoning.ts'
import { getMajorIncident, lockMajorIncident, readMajorIncident, updateMajorIncident } from './queries.ts'

/** Changes what is given. Another role, another impact and another bridge are facts of their own. */
export async function changeMajorIncident(
  context: Context,
  id: string,
  version: number,
  change: MajorChange,
): Promise<MajorIncidentPage> {
  const { db } = context
  const before = await readMajorIncident(context, id)
  require(barredFromLeading(context.actor, before))
  await lockMajorIncident(db, id, version)
  await requireParts(context, before.customer.id, change)
  requireWords({ criteria: change.criteria ?? [], criteriaWords: change.criteriaWords ?? before.criteriaWords })
  const people = await peopleGiven(context, change)
  const about = { subjectType: 'major-incident', subjectId: id, customerId: before.customer.id } as const
  const facts: readonly Fact[] = [
    ...rolesChanged(before, people).map((role) => ({ ...about, kind: 'major-incident.role' as const, facts: role })),
    ...impactChanged(before, change).map((each) => ({ ...about, kind: 'major-incident.impact' as const, facts: each })),
    ...(change.bridge !== undefined && change.bridge !== before.bridge
      ? [{ ...about, kind: 'major-incident.bridge' as const, facts: { bridge: change.bridge } }]
      : []),
  ]
  if (facts.length > 0) await record(context, ...facts)
  await audit(context, { action: 'major-incident.changed', ...about, facts: { fields: Object.keys(change) } })
  const { commander, communications, technical, services, sites, reckoning, ...own } = change
  await updateMajorIncident(context, id, {
    ...own,
    ...(reckoning !== undefined && {
      reckoning: reckoning && JSON.stringify(reckoning),
      impactMinor: reckoning && reckoned(reckoning).totalMinor,
      impactCurrency: reckoning && reckoning.currency,
    }),
    ...(commander !== undefined && { commanderId: commander }),
    ...(communications !== undefined && { communicationsId: communications }),
    ...(technical !== undefined && { technicalIds: technical }),
    ...(services !== undefined && { serviceIds: services }),
    ...(sites !== undefined && { siteIds: sites }),
  })
  return getMajorIncident(context, id)
}

type Person = { readonly id: string; readonly name: string }
type People = Readonly<Partial<Record<'commander' | 'communications' | 'technical', readonly Person[]>>>

async function peopleGiven({ db }: Context, { commander, communications, technical }: MajorChange): Promise<People> {
  const all = async (ids: readonly (string | null)[]) =>
    Promise.all(ids.filter((id) => id !== null).map((id) => requireColleague(db, id)))
  return {
    ...(commander !== undefined && { commander: await all([commander]) }),
    ...(communications !== undefined && { communications: await all([communications]) }),
    ...(technical !== undefined && { technical: await all(technical) }),
  }
}

function rolesChanged(before: MajorIncident, people: People) {
  const had = {
    commander: before.commander === null ? [] : [before.commander],
    communications: before.communications === null ? [] : [before.communications],
    technical: before.technical,
  }
  const ids = (list: readonly Person[]) => list.map(({ id }) => id).join()
  return (Object.entries(people) as [keyof typeof had, readonly Person[]][])
    .filter(([role, now]) => ids(now) !== ids(had[role]))
    .map(([role, now]) => ({ role, people: now }))
}

function impactChanged(before: MajorIncident, change: MajorChange) {
  const ids = (list: readonly { readonly id: string }[]) => list.map(({ id }) => id)
  const was = {
    affectedUsers: before.affectedUsers,
    businessImpact: before.businessImpact,
    services: ids(before.services),
    sites: ids(before.sites),
  }
  const changed = (Object.keys(was) as (keyof typeof was)[]).filter(
    (field) => change[field] !== undefined && JSON.stringify(change[field]) !== JSON.stringify(was[field]),
  )
  if (changed.length === 0) return []
  return [Object.fromEntries(changed.map((field) => [field, { from: was[field], to: change[field] }]))]
}
