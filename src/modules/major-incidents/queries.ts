import { sql, type Updateable } from 'kysely'
import type { z } from 'zod'
import type { DB } from '#db'
import { Failure, notFound } from '#core/failure.ts'
import { barredFromInside } from '#core/may.ts'
import { languageOf } from '#core/text.ts'
import { requireCustomer } from '#modules/customers'
import type { Context, Db } from '#platform/context.ts'
import { keyOf, pageFrom } from '#platform/paging.ts'
import { looksLikeId } from '#platform/text-search.ts'
import type { listMajorIncidents as list, MajorIncident, MajorIncidentPage } from './api.ts'
import {
  type Criterion,
  currentStates,
  FLASH_MINUTES,
  type MajorIncidentState,
  majorIncidentStates,
  openStates,
} from './major-incident.ts'
import { reckoned, type Reckoning } from './reckoning.ts'
import { rhythmOf } from './rhythm.ts'
import { readSentUpdates } from './updates-query.ts'

type Query = z.output<typeof list.query>

/** What a customer's people may read is granted by column; the rest is asked for inside only. */
function select({ db, actor }: Pick<Context, 'db' | 'actor'>) {
  const inside = barredFromInside(actor) === null
  return db
    .selectFrom('majorIncident as m')
    .innerJoin('incident as i', 'i.id', 'm.incidentId')
    .innerJoin('customer as c', 'c.id', 'm.customerId')
    .select([
      'm.id',
      'm.incidentId',
      'm.customerId',
      'm.state',
      'm.declaredAt',
      'm.serviceIds',
      'm.siteIds',
      'm.nextUpdateDue',
      'm.mitigatedAt',
      'm.restoredAt',
      'm.monitoringUntil',
      'm.stoodDownAt',
      'm.updatedAt',
      'm.version',
      'i.number',
      'i.title',
      'i.state as incidentState',
      'i.priority',
      'i.occurredAt',
      'i.openedAt',
      'c.name as customerName',
      'c.timeZone',
      'c.language',
    ])
    .$if(inside, (query) =>
      query.select([
        'm.criteria',
        'm.criteriaWords',
        'm.proposedAt',
        'm.declaredBy',
        'm.commanderId',
        'm.communicationsId',
        'm.technicalIds',
        'm.bridge',
        'm.affectedUsers',
        'm.businessImpact',
        'm.reckoning',
        'm.updateMinutes',
        'm.stabilityMinutes',
        'm.dismissedReason',
        'm.reportIssuedAt',
      ]),
    )
}

type Row = Awaited<ReturnType<ReturnType<typeof select>['execute']>>[number]
type Named = { readonly id: string; readonly name: string }

/** Names of the people, services and sites that rows refer to; nothing for what the reader may not see. */
async function readNames(db: Db, rows: readonly Row[]): Promise<(id: string | null | undefined) => Named | null> {
  const people = rows.flatMap(({ declaredBy, commanderId, communicationsId, technicalIds = [] }) => [
    ...[declaredBy, commanderId, communicationsId].filter((id) => typeof id === 'string'),
    ...technicalIds,
  ])
  const services = rows.flatMap(({ serviceIds }) => serviceIds)
  const sites = rows.flatMap(({ siteIds }) => siteIds)
  const { rows: found } = await sql<Named>`
    select id, name from person where id = any(${people}::uuid[])
    union all select id, name from service where id = any(${services}::uuid[])
    union all select id, name from site where id = any(${sites}::uuid[])`.execute(db)
  const byId = new Map(found.map((each) => [each.id, each]))
  return (id) => (id ? (byId.get(id) ?? null) : null)
}

function viewOf(row: Row, nameOf: (id: string | null | undefined) => Named | null): MajorIncident {
  const known = (ids: readonly string[] | undefined) => (ids ?? []).flatMap((id) => nameOf(id) ?? [])
  return {
    id: row.id,
    incident: {
      id: row.incidentId,
      number: row.number,
      title: row.title,
      state: row.incidentState,
      priority: row.priority,
      occurredAt: row.occurredAt,
      openedAt: row.openedAt,
    },
    customer: {
      id: row.customerId,
      name: row.customerName,
      timeZone: row.timeZone,
      language: languageOf(row.language),
    },
    state: row.state as MajorIncidentState,
    criteria: (row.criteria ?? []) as Criterion[],
    criteriaWords: row.criteriaWords ?? '',
    proposedAt: row.proposedAt ?? null,
    declaredBy: nameOf(row.declaredBy),
    declaredAt: row.declaredAt,
    commander: nameOf(row.commanderId),
    communications: nameOf(row.communicationsId),
    technical: known(row.technicalIds),
    bridge: row.bridge ?? '',
    services: known(row.serviceIds),
    sites: known(row.siteIds),
    affectedUsers: row.affectedUsers ?? null,
    businessImpact: row.businessImpact ?? '',
    ...reckonedOf(row.reckoning),
    updateMinutes: row.updateMinutes ?? null,
    nextUpdateDue: row.nextUpdateDue,
    stabilityMinutes: row.stabilityMinutes ?? null,
    mitigatedAt: row.mitigatedAt,
    restoredAt: row.restoredAt,
    monitoringUntil: row.monitoringUntil,
    stoodDownAt: row.stoodDownAt,
    dismissedReason: row.dismissedReason ?? null,
    reportIssuedAt: row.reportIssuedAt ?? null,
    updatedAt: row.updatedAt,
    version: row.version,
  }
}

function reckonedOf(kept: unknown): Pick<MajorIncident, 'reckoning' | 'reckoned'> {
  if (kept === null || kept === undefined) return { reckoning: null, reckoned: null }
  const assumed = kept as Reckoning
  return { reckoning: assumed, reckoned: reckoned(assumed) }
}

const over = majorIncidentStates.filter((state) => !openStates.includes(state))
const statesOf = { open: openStates, current: currentStates, over } as const

/** Those in which something is to be done first, of each the latest first. */
export async function listMajorIncidents(
  context: Context,
  { limit, cursor, customer, incident, state }: Query,
): Promise<{ items: MajorIncident[]; nextCursor: string | null }> {
  const { db } = context
  const after = keyOf(cursor, ['number', 'moment', 'id'])
  const customerId = customer === undefined ? undefined : (await requireCustomer(db, customer)).id
  const rank = sql<number>`case when m.state = any(${[...currentStates]}::text[]) then 0
    when m.state = any(${[...openStates]}::text[]) then 1 else 2 end`
  const began = sql<string>`coalesce(m.declared_at, m.updated_at)`
  const rows = await select(context)
    .select([rank.as('rank'), sql<string>`${began}::text`.as('key')])
    .$if(customerId !== undefined, (query) => query.where('m.customerId', '=', customerId!))
    .$if(incident !== undefined, (query) => query.where(looksLikeId(incident!) ? 'i.id' : 'i.number', '=', incident!))
    .$if(state !== undefined, (query) => query.where('m.state', 'in', statesOf[state!]))
    .$if(after !== undefined, (query) =>
      query.where(
        sql<boolean>`(${rank} > ${after![0]} or ${rank} = ${after![0]}
          and (${began}, m.id) < (${after![1]}::timestamptz, ${after![2]}::uuid))`,
      ),
    )
    .orderBy('rank')
    .orderBy(began, 'desc')
    .orderBy('m.id', 'desc')
    .limit(limit + 1)
    .execute()
  const { items, nextCursor } = pageFrom(rows, limit, ({ rank: first, key, id }) => [first, key, id])
  const nameOf = await readNames(db, items)
  return { items: items.map((row) => viewOf(row, nameOf)), nextCursor }
}

/** Throws when there is none in sight. */
export async function readMajorIncident(context: Pick<Context, 'db' | 'actor'>, id: string): Promise<MajorIncident> {
  const row = await select(context).where('m.id', '=', id).executeTakeFirst()
  if (!row) throw notFound('major-incident.not-found')
  return viewOf(row, await readNames(context.db, [row]))
}

/** With what follows from other facts: how many incidents are part of it, and whether updates came as promised. */
export async function getMajorIncident(context: Context, id: string): Promise<MajorIncidentPage> {
  const { db, actor, now } = context
  const major = await readMajorIncident(context, id)
  const children = await countChildren(db, major.incident.id)
  const tells = barredFromInside(actor) === null && major.declaredAt !== null
  if (!tells) return { ...major, children, updates: null }
  const sent = await readSentUpdates(db, major)
  const { onTime, due } = rhythmOf(firstDueOf(major.declaredAt!), sent, { now, over: major.stoodDownAt })
  return { ...major, children, updates: { onTime, due } }
}

/** When the first word is due. */
export function firstDueOf(declaredAt: Date): Date {
  return new Date(declaredAt.getTime() + FLASH_MINUTES * 60_000)
}

/** Of the incidents that are part of one, as far as they are in sight. */
export async function countChildren(db: Db, incidentId: string): Promise<{ all: number; open: number }> {
  const { rows } = await sql<{ readonly all: number; readonly open: number }>`
    select count(*)::int as all,
      count(*) filter (where i.state in ('new', 'assigned', 'in-progress', 'on-hold', 'restored'))::int as open
    from incident_link l join incident i on i.id = l.from_id where l.to_id = ${incidentId} and l.kind = 'child-of'`.execute(
    db,
  )
  return rows[0]!
}

/** Its own columns, locked until the transaction ends; throws when it is not at `version` any more. */
export async function lockMajorIncident(db: Db, id: string, version?: number) {
  const row = await db.selectFrom('majorIncident').selectAll().where('id', '=', id).forUpdate().executeTakeFirst()
  if (!row) throw notFound('major-incident.not-found')
  if (version !== undefined && row.version !== version) throw new Failure('moved-on', 'request.moved-on')
  return row
}

export async function updateMajorIncident(
  { db, now }: Context,
  id: string,
  change: Updateable<DB['majorIncident']>,
): Promise<void> {
  await db
    .updateTable('majorIncident')
    .set((set) => ({ ...change, updatedAt: now, version: set('version', '+', 1) }))
    .where('id', '=', id)
    .execute()
}

/** How many there are, as far as they are in sight. */
export async function countMajorIncidents({ db, now }: Context, customer: string | undefined) {
  const customerId = customer === undefined ? null : (await requireCustomer(db, customer)).id
  const { rows } = await sql<{ candidates: number; current: number; inReview: number; overdue: number }>`
    select count(*) filter (where state = 'candidate')::int as candidates,
      count(*) filter (where state = any(${[...currentStates]}::text[]))::int as current,
      count(*) filter (where state in ('stood-down', 'review-open'))::int as in_review,
      count(*) filter (where state = any(${[...currentStates]}::text[]) and next_update_due < ${now})::int as overdue
    from major_incident where ${customerId}::uuid is null or customer_id = ${customerId}::uuid`.execute(db)
  return rows[0]!
}
