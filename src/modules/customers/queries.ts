import { type Insertable, sql, type Updateable } from 'kysely'
import type { DB } from '#db'
import { Failure, notFound } from '#core/failure.ts'
import { languageOf } from '#core/text.ts'
import type { Db } from '#platform/context.ts'
import { keyOf, pageFrom } from '#platform/paging.ts'
import { containing, looksLikeId } from '#platform/text-search.ts'
import type { Customer } from './api.ts'

const columns = [
  'customer.id',
  'customer.key',
  'customer.name',
  'customer.kind',
  'customer.timeZone',
  'customer.language',
  'customer.closeAfterDays',
  'customer.version',
] as const

type CustomerRow = Omit<Customer, 'kind' | 'language'> & { kind: string; language: string }

function customerOf(row: CustomerRow): Customer {
  return { ...row, kind: row.kind as Customer['kind'], language: languageOf(row.language) }
}

/** By name. */
export async function listCustomers(
  db: Db,
  {
    q,
    limit,
    cursor,
  }: { readonly q?: string | undefined; readonly limit: number; readonly cursor?: string | undefined },
): Promise<{ items: Customer[]; nextCursor: string | null }> {
  const after = keyOf(cursor, ['string', 'id'])
  const rows = await db
    .selectFrom('customer')
    .select(columns)
    .$if(q !== undefined, (query) => query.where('customer.name', 'ilike', containing(q!)))
    .$if(after !== undefined, (query) =>
      query.where(sql<boolean>`(lower(customer.name), customer.id) > (${after![0]}, ${after![1]}::uuid)`),
    )
    .orderBy(sql`lower(customer.name)`)
    .orderBy('customer.id')
    .limit(limit + 1)
    .execute()
  return pageFrom(rows.map(customerOf), limit, ({ name, id }) => [name.toLowerCase(), id])
}

/** The customer of that id or, in any case of letters, name. Throws when there is none in sight. */
export async function requireCustomer(db: Db, idOrName: string): Promise<Customer> {
  const row = await db
    .selectFrom('customer')
    .select(columns)
    .where((where) =>
      looksLikeId(idOrName)
        ? where('customer.id', '=', idOrName.toLowerCase())
        : where(sql`lower(customer.name)`, '=', idOrName.trim().toLowerCase()),
    )
    .executeTakeFirst()
  if (!row) throw notFound('customer.not-found', { customer: idOrName })
  return customerOf(row)
}

/** Reads a customer and locks it; throws when it is not at `version` any more. */
export async function lockCustomer(db: Db, id: string, version: number): Promise<Customer> {
  const row = await db
    .selectFrom('customer')
    .select(columns)
    .where('customer.id', '=', id)
    .forUpdate()
    .executeTakeFirst()
  if (!row) throw notFound('customer.not-found', { customer: id })
  if (row.version !== version) throw new Failure('moved-on', 'request.moved-on')
  return customerOf(row)
}

/** Of all customers in sight: keys that stand in front of numbers, or once did. */
export async function takenKeys(db: Db, beginning: string): Promise<ReadonlySet<string>> {
  const rows = await db.selectFrom('customerKey').select('key').where('key', 'like', `${beginning}%`).execute()
  return new Set(rows.map(({ key }) => key))
}

export async function insertCustomer(db: Db, row: Insertable<DB['customer']>): Promise<Customer> {
  const inserted = await db.insertInto('customer').values(row).returning(columns).executeTakeFirstOrThrow()
  await sql`select make_numbering(${inserted.id}::uuid)`.execute(db)
  return customerOf(inserted)
}

export async function updateCustomer(db: Db, id: string, change: Updateable<DB['customer']>): Promise<Customer> {
  const row = await db
    .updateTable('customer')
    .set((set) => ({ ...change, version: set('version', '+', 1) }))
    .where('customer.id', '=', id)
    .returning(columns)
    .executeTakeFirstOrThrow()
  return customerOf(row)
}
