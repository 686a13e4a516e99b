import { sql } from 'kysely'
import { notFound } from '#core/failure.ts'
import type { Db } from '#platform/context.ts'
import { looksLikeId } from '#platform/text-search.ts'

/**
 * The calendar of that id or name that a site, a service or a team may bring along: its customer's own, or one for all.
 * What is not a name stays as it is given: `null` takes it away, `undefined` leaves it. Throws when there is none.
 */
export async function calendarIdOf<Given extends string | null | undefined>(
  db: Db,
  customerId: string | null,
  idOrName: Given,
): Promise<Given> {
  if (typeof idOrName !== 'string') return idOrName
  const row = await db
    .selectFrom('calendar')
    .select('calendar.id')
    .where((where) =>
      where.or([
        where('calendar.customerId', 'is', null),
        ...(customerId === null ? [] : [where('calendar.customerId', '=', customerId)]),
      ]),
    )
    .where((where) =>
      looksLikeId(idOrName)
        ? where('calendar.id', '=', idOrName.toLowerCase())
        : where(sql`lower(calendar.name)`, '=', idOrName.trim().toLowerCase()),
    )
    .orderBy('calendar.customerId', (order) => order.asc().nullsLast())
    .limit(1)
    .executeTakeFirst()
  if (!row) throw notFound('calendar.not-found', { calendar: idOrName })
  return row.id as Given
}
