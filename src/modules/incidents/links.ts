import { sql } from 'kysely'
import { invalid, notFound } from '#core/failure.ts'
import { newId } from '#core/id.ts'
import { barredFromWorking, require } from '#core/may.ts'
import { explaining } from '#platform/constraint.ts'
import type { Context, Db } from '#platform/context.ts'
import { audit, record } from '#platform/history.ts'
import { looksLikeId } from '#platform/text-search.ts'
import type { IncidentLink, linkKinds } from './api.ts'

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

/** Links two incidents of one customer. Both tell of it in their history. */
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
  const id = newId(now.getTime())
  await explaining({ incident_link_pair: 'incident.linked' }, { incident: other.number }, () =>
    db
      .insertInto('incidentLink')
      .values({ id, customerId: from.customerId, fromId: from.id, toId: other.id, kind, createdAt: now })
      .execute(),
  )
  await tell(context, 'incident.linked', [
    { incident: from, other, kind },
    { incident: other, other: from, kind: contrary[kind] },
  ])
  return (await linksOf(db, from)).find((link) => link.id === id)!
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
