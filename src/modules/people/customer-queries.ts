import { sql } from 'kysely'
import { notFound } from '#core/failure.ts'
import { type Language, languageOf } from '#core/text.ts'
import type { Db } from '#platform/context.ts'
import { looksLikeId } from '#platform/text-search.ts'

/** What is asked here of a customer; all else is the module `customers`. */
export interface CustomerRef {
  readonly id: string
  readonly name: string
  readonly language: Language
}

/** The customer of that id or, in any case of letters, name. Throws when there is none in sight. */
export async function requireCustomer(db: Db, idOrName: string): Promise<CustomerRef> {
  const row = await db
    .selectFrom('customer')
    .select(['id', 'name', 'language'])
    .where((where) =>
      looksLikeId(idOrName)
        ? where('id', '=', idOrName.toLowerCase())
        : where(sql`lower(name)`, '=', idOrName.trim().toLowerCase()),
    )
    .executeTakeFirst()
  if (!row) throw notFound('customer.not-found', { customer: idOrName })
  return { ...row, language: languageOf(row.language) }
}

/** By name. */
export async function customerNames(db: Db, ids: readonly string[]): Promise<{ id: string; name: string }[]> {
  if (ids.length === 0) return []
  return db.selectFrom('customer').select(['id', 'name']).where('id', 'in', ids).orderBy('name').orderBy('id').execute()
}

/** Of all that there are in sight. */
export async function customerIds(db: Db): Promise<readonly string[]> {
  const rows = await db.selectFrom('customer').select('id').execute()
  return rows.map(({ id }) => id)
}
