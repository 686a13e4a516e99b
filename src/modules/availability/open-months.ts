import { sql } from 'kysely'
import { refused } from '#core/failure.ts'
import type { Db } from '#platform/context.ts'

/**
 * Refuses a fact that would change what was told of a locked month: months are those of the customer's days.
 *
 * @param to Exclusive; null is until now and later.
 */
export async function requireOpenMonths(db: Db, customerId: string, from: Date, to: Date | null): Promise<void> {
  const { rows } = await sql<{ readonly month: string }>`
    select to_char(p.month, 'YYYY-MM') as month from period p join customer c on c.id = p.customer_id
    where p.customer_id = ${customerId} and p.state = 'locked'
      and (p.month::timestamp at time zone c.time_zone) < coalesce(${to}::timestamptz, 'infinity')
      and ((p.month + interval '1 month') at time zone c.time_zone) > ${from}
    order by p.month limit 1`.execute(db)
  const locked = rows[0]
  if (locked) throw refused('availability.locked', { month: locked.month })
}
