import { type SelectQueryBuilder, sql } from 'kysely'
import { notFound } from '#core/failure.ts'
import { barredFromInside } from '#core/may.ts'
import { requireCustomer } from '#modules/customers'
import { requireService } from '#modules/services'
import type { Context, Db } from '#platform/context.ts'
import { keyOf, pageFrom } from '#platform/paging.ts'
import type { AvailabilityPromise, DowntimeView, MaintenanceWindow, MonitoringGap } from './api.ts'
import type { Exclusion, Severity } from './downtime.ts'
import type { PromiseTerms } from './measure.ts'

export interface Narrowing {
  readonly customer?: string | undefined
  readonly service?: string | undefined
  readonly from?: Date | undefined
  readonly to?: Date | undefined
}

interface Paged extends Narrowing {
  readonly limit: number
  readonly cursor?: string | undefined
}

interface Page<Item> {
  readonly items: Item[]
  readonly nextCursor: string | null
}

/** The ids that names stand for. A service is asked for within its customer: without one it needs an id. */
export async function narrowed(db: Db, { customer, service }: Narrowing) {
  const customerId = customer === undefined ? undefined : (await requireCustomer(db, customer)).id
  if (service === undefined) return { customerId, serviceId: undefined }
  if (customerId !== undefined) return { customerId, serviceId: (await requireService(db, customerId, service)).id }
  const row = await db
    .selectFrom('service')
    .select('id')
    .where(sql`id::text`, '=', service.toLowerCase())
    .executeTakeFirst()
  if (!row) throw notFound('service.not-found', { service })
  return { customerId, serviceId: row.id }
}

const promiseColumns = [
  'p.id',
  'p.customerId',
  'customer.name as customerName',
  'p.serviceId',
  'service.name as serviceName',
  'p.calendarId',
  'calendar.name as calendarName',
  'p.validFrom',
  'p.validTo',
  'p.targetPpm',
  'p.noticeMinutes',
  'p.weights',
  'p.basis',
  'p.blind',
  'p.parts',
  'p.version',
] as const

function promises(db: Db) {
  return db
    .selectFrom('availabilityPromise as p')
    .innerJoin('customer', 'customer.id', 'p.customerId')
    .innerJoin('service', 'service.id', 'p.serviceId')
    .innerJoin('calendar', 'calendar.id', 'p.calendarId')
    .select(promiseColumns)
}

type PromiseRow = Awaited<ReturnType<ReturnType<typeof promises>['executeTakeFirstOrThrow']>>

function promiseOf(row: PromiseRow): AvailabilityPromise {
  const { weights, basis, blind, parts } = row as unknown as PromiseTerms
  return { ...row, weights, basis, blind, parts: parts.map((part) => ({ ...part, services: [...part.services] })) }
}

/** Customers to whom something was promised in the hours of that calendar. */
export async function customersPromisedIn(db: Db, calendarId: string): Promise<string[]> {
  const rows = await db
    .selectFrom('availabilityPromise')
    .select('customerId')
    .distinct()
    .where('calendarId', '=', calendarId)
    .orderBy('customerId')
    .execute()
  return rows.map(({ customerId }) => customerId)
}

export async function listPromises(db: Db, { limit, cursor, ...narrowing }: Paged) {
  const after = keyOf(cursor, ['moment', 'id'])
  const { customerId, serviceId } = await narrowed(db, narrowing)
  const rows = await promises(db)
    .select(sql<string>`p.valid_from::text`.as('key'))
    .$if(customerId !== undefined, (query) => query.where('p.customerId', '=', customerId!))
    .$if(serviceId !== undefined, (query) => query.where('p.serviceId', '=', serviceId!))
    .$if(after !== undefined, (query) =>
      query.where(sql<boolean>`(p.valid_from, p.id) < (${after![0]}::timestamptz, ${after![1]}::uuid)`),
    )
    .orderBy('p.validFrom', 'desc')
    .orderBy('p.id', 'desc')
    .limit(limit + 1)
    .execute()
  const { items, nextCursor } = pageFrom(rows, limit, ({ key, id }) => [key, id])
  return { items: items.map(promiseOf), nextCursor }
}

export async function getPromise(db: Db, id: string): Promise<AvailabilityPromise> {
  const row = await promises(db).where('p.id', '=', id).executeTakeFirst()
  if (!row) throw notFound('availability-promise.not-found')
  return promiseOf(row)
}

/** The promises that hold anywhere in `[from, to)`, by customer and service, the earlier first. */
export async function promisesIn(
  db: Db,
  { customerId, serviceId }: { readonly customerId?: string | undefined; readonly serviceId?: string | undefined },
  within: { readonly from: Date; readonly to: Date },
): Promise<AvailabilityPromise[]> {
  const rows = await promises(db)
    .where('p.validFrom', '<', within.to)
    .where((where) => where.or([where('p.validTo', 'is', null), where('p.validTo', '>', within.from)]))
    .$if(customerId !== undefined, (query) => query.where('p.customerId', '=', customerId!))
    .$if(serviceId !== undefined, (query) => query.where('p.serviceId', '=', serviceId!))
    .orderBy('customer.name')
    .orderBy('service.name')
    .orderBy('p.validFrom')
    .execute()
  return rows.map(promiseOf)
}

// ---------- downtimes ----------

function downtimes({ db, actor }: Context) {
  // Who of us asked is not granted to a customer as a column, so it must not even be asked for.
  const inside = barredFromInside(actor) === null
  const asked = inside ? sql<string | null>`d.exclusion_requested_by` : sql<string | null>`null`
  return db
    .selectFrom('downtime as d')
    .innerJoin('service', 'service.id', 'd.serviceId')
    .leftJoin('incident', 'incident.id', 'd.incidentId')
    .select(['d.id', 'd.customerId', 'd.serviceId', 'service.name as serviceName'])
    .select(['d.beganAt', 'd.endedAt', 'd.severity', 'd.usersHit', 'd.usersAll', 'd.source', 'd.cause'])
    .select(['d.incidentId', 'incident.number as incidentNumber'])
    .select(['d.exclusion', 'd.exclusionState', 'd.exclusionEvidence', 'd.version'])
    .select(asked.as('askedById'))
    .select(sql<string | null>`(select name from person where person.id = ${asked})`.as('askedBy'))
}

type DowntimeRow = Awaited<ReturnType<ReturnType<typeof downtimes>['executeTakeFirstOrThrow']>>

function downtimeOf(
  { incidentId, incidentNumber, exclusion, exclusionState, exclusionEvidence, askedById, askedBy, ...row }: DowntimeRow,
  personId: string | null,
): DowntimeView {
  const incident = incidentId !== null && incidentNumber !== null ? { id: incidentId, number: incidentNumber } : null
  return {
    ...row,
    severity: row.severity as Severity,
    source: row.source as DowntimeView['source'],
    incident,
    exclusion:
      exclusion === null
        ? null
        : {
            reason: exclusion as Exclusion,
            state: exclusionState as NonNullable<DowntimeView['exclusion']>['state'],
            evidence: exclusionEvidence!,
            requestedBy: askedBy,
            mine: askedById !== null && askedById === personId,
          },
  }
}

export async function listDowntimes(context: Context, paged: Paged) {
  const { items, nextCursor } = await latestFirst(context.db, downtimes(context), {
    alias: 'd',
    begin: 'began_at',
    end: 'ended_at',
    paged,
  })
  return { items: items.map((row) => downtimeOf(row, context.actor.personId)), nextCursor }
}

export async function getDowntime(context: Context, id: string): Promise<DowntimeView> {
  const row = await downtimes(context).where('d.id', '=', id).executeTakeFirst()
  if (!row) throw notFound('downtime.not-found')
  return downtimeOf(row, context.actor.personId)
}

// ---------- maintenance and gaps ----------

function windows(db: Db) {
  return db
    .selectFrom('maintenanceWindow as m')
    .innerJoin('service', 'service.id', 'm.serviceId')
    .select(['m.id', 'm.customerId', 'm.serviceId', 'service.name as serviceName', 'm.title', 'm.startsAt', 'm.endsAt'])
    .select(['m.announcedAt', 'm.cancelledAt', 'm.version'])
}

export async function listMaintenance(db: Db, paged: Paged): Promise<Page<MaintenanceWindow>> {
  return latestFirst(db, windows(db), { alias: 'm', begin: 'starts_at', end: 'ends_at', paged })
}

export async function getMaintenance(db: Db, id: string): Promise<MaintenanceWindow> {
  const row = await windows(db).where('m.id', '=', id).executeTakeFirst()
  if (!row) throw notFound('maintenance.not-found')
  return row
}

function gaps(db: Db) {
  return db
    .selectFrom('monitoringGap as g')
    .innerJoin('service', 'service.id', 'g.serviceId')
    .select(['g.id', 'g.customerId', 'g.serviceId', 'service.name as serviceName', 'g.beganAt', 'g.endedAt', 'g.why'])
}

export async function listGaps(db: Db, paged: Paged): Promise<Page<MonitoringGap>> {
  return latestFirst(db, gaps(db), { alias: 'g', begin: 'began_at', end: 'ended_at', paged })
}

export async function getGap(db: Db, id: string): Promise<MonitoringGap> {
  return gaps(db).where('g.id', '=', id).executeTakeFirstOrThrow()
}

interface Placing {
  readonly alias: string
  /** Columns in which a stretch begins and ends. */
  readonly begin: string
  readonly end: string
  readonly paged: Paged
}

/** A page of the stretches of time that a query selects, narrowed; what began later comes first. */
async function latestFirst<Tables, Table extends keyof Tables, Row extends { readonly id: string }>(
  db: Db,
  stretches: SelectQueryBuilder<Tables, Table, Row>,
  { alias, begin, end, paged: { limit, cursor, ...narrowing } }: Placing,
) {
  const after = keyOf(cursor, ['moment', 'id'])
  const { customerId, serviceId } = await narrowed(db, narrowing)
  const { from, to } = narrowing
  const column = (name: string) => sql.ref(`${alias}.${name}`)
  const conditions = [
    sql`true`,
    ...(customerId === undefined ? [] : [sql`${column('customer_id')} = ${customerId}`]),
    ...(serviceId === undefined ? [] : [sql`${column('service_id')} = ${serviceId}`]),
    ...(from === undefined ? [] : [sql`coalesce(${column(end)}, 'infinity') > ${from}`]),
    ...(to === undefined ? [] : [sql`${column(begin)} < ${to}`]),
    ...(after === undefined
      ? []
      : [sql`(${column(begin)}, ${column('id')}) < (${after[0]}::timestamptz, ${after[1]}::uuid)`]),
  ]
  const rows = await stretches
    .select(sql<string>`${column(begin)}::text`.as('key'))
    .where(sql<boolean>`${sql.join(conditions, sql` and `)}`)
    .orderBy(sql`${column(begin)} desc, ${column('id')} desc`)
    .limit(limit + 1)
    .$castTo<Row & { readonly key: string }>()
    .execute()
  return pageFrom(rows, limit, ({ key, id }) => [key, id])
}
