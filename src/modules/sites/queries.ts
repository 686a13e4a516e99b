import { type Insertable, sql, type Updateable } from 'kysely'
import type { DB } from '#db'
import { Failure, notFound } from '#core/failure.ts'
import { requireCustomer } from '#modules/customers'
import type { Db } from '#platform/context.ts'
import { keyOf, pageFrom } from '#platform/paging.ts'
import { containing, looksLikeId } from '#platform/text-search.ts'
import type { Site } from './api.ts'

const columns = [
  'site.id',
  'site.customerId',
  'site.name',
  'site.timeZone',
  'site.country',
  'site.region',
  'site.siteType',
  'site.segment',
  'site.market',
  'site.calendarId',
  'site.version',
] as const

export interface SiteFilter {
  readonly q?: string | undefined
  readonly customer?: string | undefined
  readonly limit: number
  readonly cursor?: string | undefined
}

/** By name. */
export async function listSites(
  db: Db,
  { q, customer, limit, cursor }: SiteFilter,
): Promise<{ items: Site[]; nextCursor: string | null }> {
  const after = keyOf(cursor, ['string', 'id'])
  const customerId = customer === undefined ? undefined : (await requireCustomer(db, customer)).id
  const rows = await db
    .selectFrom('site')
    .select(columns)
    .$if(q !== undefined, (query) => query.where('site.name', 'ilike', containing(q!)))
    .$if(customerId !== undefined, (query) => query.where('site.customerId', '=', customerId!))
    .$if(after !== undefined, (query) =>
      query.where(sql<boolean>`(lower(site.name), site.id) > (${after![0]}, ${after![1]}::uuid)`),
    )
    .orderBy(sql`lower(site.name)`)
    .orderBy('site.id')
    .limit(limit + 1)
    .execute()
  return pageFrom(rows, limit, ({ name, id }) => [name.toLowerCase(), id])
}

export async function getSite(db: Db, id: string): Promise<Site> {
  const row = await db.selectFrom('site').select(columns).where('site.id', '=', id).executeTakeFirst()
  if (!row) throw notFound('site.not-found', { site: id })
  return row
}

/** The site of that id or name at this customer. Throws when there is none. */
export async function requireSite(db: Db, customerId: string, idOrName: string): Promise<Site> {
  const row = await db
    .selectFrom('site')
    .select(columns)
    .where('site.customerId', '=', customerId)
    .where((where) =>
      looksLikeId(idOrName)
        ? where('site.id', '=', idOrName)
        : where(sql`lower(site.name)`, '=', idOrName.trim().toLowerCase()),
    )
    .executeTakeFirst()
  if (!row) throw notFound('site.not-found', { site: idOrName })
  return row
}

/** Reads a site and locks it; throws when it is not at `version` any more. */
export async function lockSite(db: Db, id: string, version: number): Promise<Site> {
  const row = await db.selectFrom('site').select(columns).where('site.id', '=', id).forUpdate().executeTakeFirst()
  if (!row) throw notFound('site.not-found', { site: id })
  if (row.version !== version) throw new Failure('moved-on', 'request.moved-on')
  return row
}

export async function insertSite(db: Db, row: Insertable<DB['site']>): Promise<Site> {
  return db.insertInto('site').values(row).returning(columns).executeTakeFirstOrThrow()
}

export async function updateSite(db: Db, id: string, change: Updateable<DB['site']>): Promise<Site> {
  return db
    .updateTable('site')
    .set((set) => ({ ...change, version: set('version', '+', 1) }))
    .where('site.id', '=', id)
    .returning(columns)
    .executeTakeFirstOrThrow()
}
