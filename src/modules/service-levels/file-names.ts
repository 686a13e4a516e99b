import { sql } from 'kysely'
import { refused } from '#core/failure.ts'
import { requireCustomer } from '#modules/customers'
import type { Db } from '#platform/context.ts'
import { looksLikeId } from '#platform/text-search.ts'

/** Ids of the agreements of that id or name, of that customer where one is named. */
export async function agreementIds(db: Db, idOrName: string, customer?: string | null): Promise<string[]> {
  const customerId = customer ? (await requireCustomer(db, customer)).id : undefined
  const rows = await db
    .selectFrom('agreement')
    .select('id')
    .where((where) =>
      looksLikeId(idOrName) ? where('id', '=', idOrName) : where(sql`lower(name)`, '=', idOrName.trim().toLowerCase()),
    )
    .$if(customerId !== undefined, (query) => query.where('customerId', '=', customerId!))
    .execute()
  return rows.map(({ id }) => id)
}

/** Ids of the calendars of that id or name. @param customer Null: only those for all; undefined: whosever. */
export async function calendarIds(db: Db, idOrName: string, customer?: string | null): Promise<string[]> {
  const customerId = customer ? (await requireCustomer(db, customer)).id : customer
  const rows = await db
    .selectFrom('calendar')
    .select('id')
    .where((where) =>
      looksLikeId(idOrName) ? where('id', '=', idOrName) : where(sql`lower(name)`, '=', idOrName.trim().toLowerCase()),
    )
    .$if(customerId === null, (query) => query.where('customerId', 'is', null))
    .$if(typeof customerId === 'string', (query) => query.where('customerId', '=', customerId!))
    .execute()
  return rows.map(({ id }) => id)
}

/** The only one, or null when there is none. Fails when several have that name. */
export function onlyOne(ids: readonly string[], name: string): string | null {
  if (ids.length > 1) throw refused('yaml.several', { name })
  return ids[0] ?? null
}
