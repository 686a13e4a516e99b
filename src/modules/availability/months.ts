import { sql } from 'kysely'
import { refused } from '#core/failure.ts'
import type { Db } from '#platform/context.ts'

/** Moments between which something is said about a service; to null is until now and later. */
export type MonthGuard = (db: Db, customerId: string, from: Date, to: Date | null) => Promise<void>

/** A customer's month that a stretch of time touches. */
export interface TouchedMonth {
  /** `YYYY-MM`, of the customer's days. */
  readonly month: string
  readonly locked: boolean
}

/** A month that is not locked is looked at so far back, and no further. */
const OPEN_MONTHS = 12

/**
 * The months of a customer that `[from, to)` touches, the earliest first: every locked one, and of the others those of the
 * last year until now.
 */
export async function touchedMonths(
  db: Db,
  customerId: string,
  { from, to, now }: { readonly from: Date; readonly to: Date | null; readonly now: Date },
): Promise<TouchedMonth[]> {
  const { rows } = await sql<TouchedMonth>`
    with edges as (
      select date_trunc('month', ${from}::timestamptz at time zone time_zone)::date as first,
        date_trunc('month', least(coalesce(${to}::timestamptz - interval '1 millisecond', ${now}), ${now}::timestamptz) at time zone time_zone)::date as last,
        (date_trunc('month', ${now}::timestamptz at time zone time_zone) - make_interval(months => ${OPEN_MONTHS}))::date as oldest
      from customer where id = ${customerId}
    ), months as (
      select p.month, true as locked from period p, edges
      where p.customer_id = ${customerId} and p.state = 'locked' and p.month between first and last
      union
      select m::date, false from edges, generate_series(greatest(first, oldest), last, interval '1 month') m
      where not exists (select from period p where p.customer_id = ${customerId} and p.state = 'locked' and p.month = m::date)
    )
    select to_char(month, 'YYYY-MM') as month, locked from months order by months.month`.execute(db)
  return rows
}

/** Refuses a fact that would change what was told of a locked month. */
export const requireOpenMonths: MonthGuard = async (db, customerId, from, to) => {
  const { rows } = await sql<{ readonly month: string }>`
    select to_char(p.month, 'YYYY-MM') as month from period p join customer c on c.id = p.customer_id
    where p.customer_id = ${customerId} and p.state = 'locked'
      and (p.month::timestamp at time zone c.time_zone) < coalesce(${to}::timestamptz, 'infinity')
      and ((p.month + interval '1 month') at time zone c.time_zone) > ${from}
    order by p.month limit 1`.execute(db)
  const locked = rows[0]
  if (locked) throw refused('availability.locked', { month: locked.month })
}
