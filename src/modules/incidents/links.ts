import { type Insertable, sql } from 'kysely'
import type { DB } from '#db'
import { invalid, notFound, refused } from '#core/failure.ts'
import { newId } from '#core/id.ts'
import { barredFromWorking, require } from '#core/may.ts'
import { explaining } from '#platform/constraint.ts'
import type { Context, Db } from '#platform/context.ts'
import { audit, record } from '#platform/history.ts'
import { looksLikeId } from '#platform/text-search.ts'
import { reachable } from '#core/lifecycle.ts'
import { recountClocks } from './recount.ts'
import { transitIncident, undoCancellation } from './transit.ts'
import type { IncidentLink, linkKinds } from './api.ts'
import { incidentLifecycle, type IncidentState } from './incident.ts'
import { lockIncident } from './queries.ts'

type LinkKind = (typeof linkKinds)[number]

/** How a link reads from its other end. */
const contrary: Readonly<Record<LinkKind, IncidentLink['kind']>> = {
  'relates-to': 'relates-to',
  'duplicate-of': 'has-duplicate',
  'child-of': 'parent-of',
}

/** Which incidents have to do with one, the first linked first. */
export async function listIncidentLinks({ db }: Context, idOrNumber: string): Promise<{ items: IncidentLink[] }> {
  return { items: await linksOf(db, await findIncident(db, idOrNumber)) }
}

async function linksOf(db: Db, { id }: { readonly id: string }): Promise<IncidentLink[]> {
  const rows = await db
    .selectFrom('incidentLink')
    .innerJoin('incident', (join) =>
      join.on(sql`incident.id`, '=', sql`case when incident_link.from_id = ${id} then to_id else from_id end`),
    )
    .select([
      'incidentLink.id as linkId',
      'incidentLink.kind',
      'incidentLink.fromId',
      'incident.id',
      'incident.number',
      'incident.title',
      'incident.state',
      'incident.priority',
    ])
    .where((where) => where.or([where('incidentLink.fromId', '=', id), where('incidentLink.toId', '=', id)]))
    .orderBy('incidentLink.createdAt')
    .orderBy('incidentLink.id')
    .execute()
  return rows.map(({ linkId, kind, fromId, ...incident }) => ({
    id: linkId,
    kind: fromId === id ? (kind as LinkKind) : contrary[kind as LinkKind],
    incident,
  }))
}

/** What is part of another, or the same as another, has one such other. */
const toOne: readonly LinkKind[] = ['duplicate-of', 'child-of']

/**
 * Links two incidents of one customer. Both tell of it in their history. A duplicate that is still open is cancelled as
 * one; what becomes part of another is counted as the agreement says.
 */
export async function linkIncidents(
  context: Context,
  idOrNumber: string,
  { kind, to }: { readonly kind: LinkKind; readonly to: string },
): Promise<IncidentLink> {
  require(barredFromWorking(context.actor))
  const { db, now } = context
  const from = await findIncident(db, idOrNumber)
  const other = await findIncident(db, to)
  if (from.id === other.id) throw invalid('incident.link-itself')
  // What another customer has is nobody's business here, even where an agent works for both.
  if (from.customerId !== other.customerId) throw invalid('incident.link-customer', { incident: other.number })
  if (toOne.includes(kind)) await requireOneAbove(context, { kind, from, other })
  const id = newId(now.getTime())
  await explaining({ incident_link_pair: 'incident.linked' }, { incident: other.number }, () =>
    writeLink(db, { id, customerId: from.customerId, fromId: from.id, toId: other.id, kind, createdAt: now }),
  )
  await tell(context, 'incident.linked', [
    { incident: from, other, kind },
    { incident: other, other: from, kind: contrary[kind] },
  ])
  if (kind === 'child-of') await recount(context, from.id)
  if (kind === 'duplicate-of') await cancelAsDuplicate(context, from, other)
  return (await linksOf(db, from)).find((link) => link.id === id)!
}

/** Writes a link and nothing else: of incidents that were told of it already, such as those of the sample company. */
export async function writeLink(db: Db, link: Insertable<DB['incidentLink']>): Promise<void> {
  await db.insertInto('incidentLink').values(link).execute()
}

/** Refuses a second parent or original, and one that is itself below the incident. */
async function requireOneAbove(
  { db }: Context,
  { kind, from, other }: { readonly kind: LinkKind; readonly from: Linked; readonly other: Linked },
): Promise<void> {
  // Two at the same time could each find none. Both ends, in one order: two who merge crosswise take turns.
  for (const id of [from.id, other.id].toSorted()) await lockIncident(db, id)
  const { rows } = await sql<{ readonly id: string; readonly own: boolean; readonly number: string }>`
    with recursive above as (
      select to_id as id, kind from incident_link where from_id = ${other.id} and kind in ('duplicate-of', 'child-of')
      union
      select l.to_id, l.kind from incident_link l join above a on l.from_id = a.id where l.kind in ('duplicate-of', 'child-of')
    )
    select above.id, false as own, i.number from above join incident i on i.id = above.id where above.id = ${from.id}
    union all
    select l.to_id, true, i.number from incident_link l join incident i on i.id = l.to_id
    where l.from_id = ${from.id} and l.kind = ${kind}`.execute(db)
  const taken = rows.find(({ own }) => own)
  if (taken !== undefined) throw refused('incident.link-second', { incident: from.number, other: taken.number })
  if (rows.length > 0) throw refused('incident.link-circle', { incident: from.number, other: other.number })
}

async function recount(context: Context, incidentId: string): Promise<void> {
  await lockIncident(context.db, incidentId)
  await recountClocks(context, incidentId)
}

/** What is over already stays what it is: its results were told, and leaving one out takes somebody's approval. */
async function cancelAsDuplicate(context: Context, { id }: Linked, { number }: Linked): Promise<void> {
  const { state } = await lockIncident(context.db, id)
  if (!reachable(incidentLifecycle, state).includes('cancelled')) return
  await transitIncident(context, id, { to: 'cancelled', cancelledFor: 'duplicate', into: number })
}

/** Takes a cancellation back that the link between the two brought about. */
async function undoDuplicate(context: Context, { id }: Linked, { number }: Linked): Promise<void> {
  const { state } = await lockIncident(context.db, id)
  if (state !== 'cancelled') return
  const last = await context.db
    .selectFrom('history')
    .select('facts')
    .where('subjectId', '=', id)
    .where('kind', '=', 'incident.state')
    .orderBy('occurredAt', 'desc')
    .orderBy('sequence', 'desc')
    .orderBy('id', 'desc')
    .limit(1)
    .executeTakeFirst()
  const { from, into } = (last?.facts ?? {}) as { readonly from?: IncidentState; readonly into?: string }
  if (from !== undefined && into === number) await undoCancellation(context, id, from)
}

/** Takes a link away, seen from either end. */
export async function unlinkIncidents(
  context: Context,
  { id, linkId }: { readonly id: string; readonly linkId: string },
): Promise<void> {
  require(barredFromWorking(context.actor))
  const { db } = context
  const incident = await findIncident(db, id)
  const link = (await linksOf(db, incident)).find((each) => each.id === linkId)
  if (link === undefined) throw notFound('incident.link.not-found')
  const other = await findIncident(db, link.incident.id)
  await db.deleteFrom('incidentLink').where('id', '=', linkId).execute()
  const asLinked = (Object.keys(contrary) as LinkKind[]).find((kind) => contrary[kind] === link.kind)
  await tell(context, 'incident.unlinked', [
    { incident, other, kind: link.kind },
    { incident: other, other: incident, kind: asLinked ?? contrary[link.kind as LinkKind] },
  ])
  // From whichever end it was taken away: what was below the other counts by itself again.
  if (link.kind === 'child-of') await recount(context, incident.id)
  if (link.kind === 'parent-of') await recount(context, other.id)
  if (link.kind === 'duplicate-of') await undoDuplicate(context, incident, other)
  if (link.kind === 'has-duplicate') await undoDuplicate(context, other, incident)
}

type Linked = Awaited<ReturnType<typeof findIncident>>

async function tell(
  context: Context,
  kind: 'incident.linked' | 'incident.unlinked',
  sides: readonly { readonly incident: Linked; readonly other: Linked; readonly kind: IncidentLink['kind'] }[],
): Promise<void> {
  await record(
    context,
    ...sides.map(({ incident, other, kind: link }) => ({
      subjectType: 'incident',
      subjectId: incident.id,
      customerId: incident.customerId,
      kind,
      facts: { link, number: other.number, title: other.title },
      visibility: 'public' as const,
    })),
  )
  const { incident, other } = sides[0]!
  const about = { subjectType: 'incident', subjectId: incident.id, customerId: incident.customerId }
  await audit(context, { action: kind, ...about, facts: { other: other.number } })
}

async function findIncident(db: Db, idOrNumber: string) {
  const row = await db
    .selectFrom('incident')
    .select(['id', 'number', 'title', 'customerId'])
    .where(looksLikeId(idOrNumber) ? 'id' : 'number', '=', idOrNumber)
    .executeTakeFirst()
  if (!row) throw notFound('incident.not-found', { incident: idOrNumber })
  return row
}
