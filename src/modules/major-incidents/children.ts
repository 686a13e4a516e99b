import { sql } from 'kysely'
import { require } from '#core/may.ts'
import { linkIncidents, transitIncident } from '#modules/incidents'
import type { Context } from '#platform/context.ts'
import { audit, record } from '#platform/history.ts'
import { sentence } from '#platform/problem.ts'
import type { Attached, Child, MajorIncident, Suggestion } from './api.ts'
import { asWorking } from './as-working.ts'
import { barredFromLeading } from './may.ts'
import { countChildren, lockMajorIncident, readMajorIncident, updateMajorIncident } from './queries.ts'
import { requireFailure } from './steps.ts'

/** How long before the beginning something was reported that may be the same. */
const BEFORE_MINUTES = 120
/** From here on two titles are alike. */
const ALIKE = 0.3
/** So many that were reported after it began are compared with it, and so many from before: what is found is made part of it,
 *  and the next ones are compared then. */
const COMPARED_AFTER = 1000
const COMPARED_BEFORE = 250

interface ChildRow {
  readonly id: string
  readonly number: string
  readonly title: string
  readonly state: Child['state']
  readonly priority: Child['priority']
  readonly openedAt: Date
  readonly requesterId: string | null
  readonly requester: string | null
  readonly siteId: string | null
  readonly site: string | null
}

const columns = sql`i.id, i.number, i.title, i.state, i.priority, i.opened_at as "openedAt", i.requester_id as "requesterId",
  requester.name as requester, i.site_id as "siteId", site.name as site`
const names = sql`left join person requester on requester.id = i.requester_id left join site on site.id = i.site_id`

function childOf({ requesterId, requester, siteId, site, ...row }: ChildRow): Child {
  const named = (id: string | null, name: string | null) => (id === null || name === null ? null : { id, name })
  return { ...row, requester: named(requesterId, requester), site: named(siteId, site) }
}

/** Incidents that are part of it, the latest first. */
export async function listChildren(context: Context, id: string, { limit }: { readonly limit: number }) {
  const { db } = context
  const { incident } = await readMajorIncident(context, id)
  const counts = await countChildren(db, incident.id)
  const { rows } = await sql<ChildRow>`
    select ${columns} from incident_link l join incident i on i.id = l.from_id ${names}
    where l.to_id = ${incident.id} and l.kind = 'child-of' order by i.opened_at desc, i.id desc limit ${limit}`.execute(
    db,
  )
  return { items: rows.map(childOf), ...counts }
}

/** What was reported of the same customer since shortly before it began, and is alike in service, site or words. */
export async function suggestChildren(
  context: Context,
  id: string,
  { limit }: { readonly limit: number },
): Promise<{ items: Suggestion[] }> {
  const { db } = context
  const major = await readMajorIncident(context, id)
  const { incident, customer, services, sites, stoodDownAt } = major
  const began = incident.occurredAt < incident.openedAt ? incident.occurredAt : incident.openedAt
  const from = new Date(began.getTime() - BEFORE_MINUTES * 60_000)
  const ids = (list: readonly { readonly id: string }[]) => list.map((each) => each.id)
  // What was solved before it began was something else.
  const isFree = sql`i.customer_id = ${customer.id} and i.id <> ${incident.id} and i.state <> 'cancelled'
    and (i.resolved_at is null or i.resolved_at > ${began})
    and not exists (select from incident_link l where l.from_id = i.id and l.kind in ('child-of', 'duplicate-of'))
    and not exists (select from incident_link l where l.from_id = ${incident.id} and l.to_id = i.id and l.kind = 'child-of')`
  const { rows } = await sql<
    ChildRow & { readonly service: boolean; readonly atSite: boolean; readonly words: boolean }
  >`
    with candidate as materialized (
      (select i.* from incident i where ${isFree} and i.opened_at >= ${began} and i.opened_at <= ${stoodDownAt ?? context.now}
        order by i.opened_at, i.id limit ${COMPARED_AFTER})
      union all
      (select i.* from incident i where ${isFree} and i.opened_at < ${began} and i.opened_at >= ${from}
        order by i.opened_at desc, i.id desc limit ${COMPARED_BEFORE})
    ), compared as materialized (
      select i.*, coalesce(i.service_id = any(${ids(services)}::uuid[]), false) as of_service,
        coalesce(i.site_id = any(${ids(sites)}::uuid[]), false) as at_site,
        similarity(lower(i.title), lower(${incident.title})) as score
      from candidate i
    )
    select ${columns}, i.of_service as service, i.at_site as "atSite", i.score >= ${ALIKE} as words
    from compared i ${names}
    where i.of_service or i.score >= ${ALIKE} or i.at_site and i.service_id is null
    order by i.of_service::int + (i.score >= ${ALIKE})::int desc, i.score desc, i.opened_at, i.id limit ${limit}`.execute(
    db,
  )
  return {
    items: rows.map(({ service, atSite, words, ...row }) => ({
      ...childOf(row),
      why: [
        ...(service ? ['service' as const] : []),
        ...(atSite ? ['site' as const] : []),
        ...(words ? ['words' as const] : []),
      ],
    })),
  }
}

/** Makes incidents part of it, each as if it were linked alone; one that is refused leaves the others linked. */
export async function attachChildren(context: Context, id: string, incidents: readonly string[]): Promise<Attached> {
  const major = await leading(context, id)
  const done = await oneByOne(context, incidents, (one) =>
    linkIncidents(asWorking(context), one, { kind: 'child-of', to: major.incident.id }),
  )
  await tell(context, major, 'major-incident.children', done)
  return done
}

/** Resolves what is part of it and still open, each by its own rules, with the words that the people who reported it read. */
export async function resolveChildren(context: Context, id: string, note: string): Promise<Attached> {
  const major = await leading(context, id)
  const { rows } = await sql<{ readonly number: string }>`
    select i.number from incident_link l join incident i on i.id = l.from_id
    where l.to_id = ${major.incident.id} and l.kind = 'child-of'
      and i.state in ('new', 'assigned', 'in-progress', 'on-hold', 'restored') order by i.number`.execute(context.db)
  const done = await oneByOne(
    context,
    rows.map(({ number }) => number),
    (one) => transitIncident(asWorking(context), one, { to: 'resolved', note }),
  )
  await tell(context, major, 'major-incident.children-resolved', done)
  return done
}

async function leading(context: Context, id: string): Promise<MajorIncident> {
  const major = await readMajorIncident(context, id)
  require(barredFromLeading(context.actor, major))
  await lockMajorIncident(context.db, id)
  return major
}

async function tell(
  context: Context,
  { id, customer }: MajorIncident,
  kind: 'major-incident.children' | 'major-incident.children-resolved',
  { changed, items }: Attached,
): Promise<void> {
  if (changed === 0) return
  const about = { subjectType: 'major-incident', subjectId: id, customerId: customer.id } as const
  const numbers = items.flatMap((item) => (item.changed ? (item.number ?? item.incident) : []))
  await record(context, { ...about, kind, facts: { count: changed, numbers } })
  await audit(context, { action: kind, ...about, facts: { count: changed } })
  await updateMajorIncident(context, id, {})
}

/** In a fixed order, so that two who do so wait for each other instead of both being stopped. */
async function oneByOne(
  context: Context,
  incidents: readonly string[],
  work: (incident: string) => Promise<unknown>,
): Promise<Attached> {
  const { db, actor } = context
  const asked = [...new Set(incidents)]
  const items = new Map<string, Attached['items'][number]>()
  for (const incident of asked.toSorted()) {
    await sql`savepoint one_of_several`.execute(db)
    try {
      await work(incident)
      await sql`release savepoint one_of_several`.execute(db)
      items.set(incident, { incident, number: null, changed: true, code: null, message: null })
    } catch (error) {
      const failure = requireFailure(error)
      await sql`rollback to savepoint one_of_several`.execute(db)
      const message = sentence(failure, actor.language)
      items.set(incident, { incident, number: null, changed: false, code: failure.code, message })
    }
  }
  const numberOf = await numbersOf(context, asked)
  return {
    changed: [...items.values()].filter(({ changed }) => changed).length,
    items: asked.map((incident) => ({ ...items.get(incident)!, number: numberOf.get(incident) ?? null })),
  }
}

async function numbersOf({ db }: Context, incidents: readonly string[]): Promise<ReadonlyMap<string, string>> {
  const { rows } = await sql<{ readonly id: string; readonly number: string }>`
    select id, number from incident where id::text = any(${[...incidents]}::text[]) or number = any(${[...incidents]}::text[])`.execute(
    db,
  )
  return new Map(rows.flatMap(({ id, number }) => [[id, number] as const, [number, number] as const]))
}
