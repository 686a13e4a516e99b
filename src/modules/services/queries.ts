import { type Insertable, sql, type Updateable } from 'kysely'
import type { DB } from '#db'
import { Failure, notFound } from '#core/failure.ts'
import { requireCustomer } from '#modules/customers'
import type { Db } from '#platform/context.ts'
import { keyOf, pageFrom } from '#platform/paging.ts'
import { containing, looksLikeId } from '#platform/text-search.ts'
import type { Service } from './api.ts'

const columns = [
  'service.id',
  'service.customerId',
  'service.name',
  'service.criticality',
  'service.lifecycle',
  'service.calendarId',
  'service.version',
] as const

function serviceOf(row: Omit<Service, 'lifecycle'> & { lifecycle: string }): Service {
  return { ...row, lifecycle: row.lifecycle as Service['lifecycle'] }
}

export interface ServiceFilter {
  readonly q?: string | undefined
  readonly customer?: string | undefined
  readonly limit: number
  readonly cursor?: string | undefined
}

/** By name. */
export async function listServices(
  db: Db,
  { q, customer, limit, cursor }: ServiceFilter,
): Promise<{ items: Service[]; nextCursor: string | null }> {
  const after = keyOf(cursor, ['string', 'id'])
  const customerId = customer === undefined ? undefined : (await requireCustomer(db, customer)).id
  const rows = await db
    .selectFrom('service')
    .select(columns)
    .$if(q !== undefined, (query) => query.where('service.name', 'ilike', containing(q!)))
    .$if(customerId !== undefined, (query) =>
      query.where((where) =>
        where.or([where('service.customerId', '=', customerId!), where('service.customerId', 'is', null)]),
      ),
    )
    .$if(after !== undefined, (query) =>
      query.where(sql<boolean>`(lower(service.name), service.id) > (${after![0]}, ${after![1]}::uuid)`),
    )
    .orderBy(sql`lower(service.name)`)
    .orderBy('service.id')
    .limit(limit + 1)
    .execute()
  return pageFrom(rows.map(serviceOf), limit, ({ name, id }) => [name.toLowerCase(), id])
}

export async function getService(db: Db, id: string): Promise<Service> {
  const row = await db.selectFrom('service').select(columns).where('service.id', '=', id).executeTakeFirst()
  if (!row) throw notFound('service.not-found', { service: id })
  return serviceOf(row)
}

/** The service of that id or name for this customer. Throws when there is none. */
export async function requireService(db: Db, customerId: string, idOrName: string): Promise<Service> {
  const row = await db
    .selectFrom('service')
    .select(columns)
    .where((where) => where.or([where('service.customerId', '=', customerId), where('service.customerId', 'is', null)]))
    .where((where) =>
      looksLikeId(idOrName)
        ? where('service.id', '=', idOrName)
        : where(sql`lower(service.name)`, '=', idOrName.trim().toLowerCase()),
    )
    // The customer's own before the one for all.
    .orderBy('service.customerId', (order) => order.asc().nullsLast())
    .limit(1)
    .executeTakeFirst()
  if (!row) throw notFound('service.not-found', { service: idOrName })
  return serviceOf(row)
}

/** As {@link requireService}; of no customer in particular only those for all. */
export async function requireServiceFor(db: Db, customerId: string | null, idOrName: string): Promise<Service> {
  // Nobody's customer: its services are those for all.
  return requireService(db, customerId ?? NOBODY, idOrName)
}

const NOBODY = '00000000-0000-0000-0000-000000000000'

/** Reads a service and locks it; throws when it is not at `version` any more. */
export async function lockService(db: Db, id: string, version: number): Promise<Service> {
  const row = await db.selectFrom('service').select(columns).where('service.id', '=', id).forUpdate().executeTakeFirst()
  if (!row) throw notFound('service.not-found', { service: id })
  if (row.version !== version) throw new Failure('moved-on', 'request.moved-on')
  return serviceOf(row)
}

export async function insertService(db: Db, row: Insertable<DB['service']>): Promise<Service> {
  return serviceOf(await db.insertInto('service').values(row).returning(columns).executeTakeFirstOrThrow())
}

export async function updateService(db: Db, id: string, change: Updateable<DB['service']>): Promise<Service> {
  const row = await db
    .updateTable('service')
    .set((set) => ({ ...change, version: set('version', '+', 1) }))
    .where('service.id', '=', id)
    .returning(columns)
    .executeTakeFirstOrThrow()
  return serviceOf(row)
}
