import { localAt } from '#core/zone.ts'
import type { Ask } from './ask.ts'

interface PeriodRow {
  readonly customerId: string
  readonly zone: string
  readonly months: readonly string[]
}

/**
 * Customers' months and which of them are locked. One that might be locked meanwhile is held until the transaction ends:
 * who locks it waits for what still goes into it.
 */
export async function monthsOf(ask: Ask, customerIds: readonly string[]) {
  if (customerIds.length > 0)
    await ask(`select from period where customer_id = any($1::uuid[]) and state = 'soft-closed' for share`, [
      customerIds,
    ])
  const rows =
    customerIds.length === 0
      ? []
      : await ask<PeriodRow>(
          `select u.id as "customerId", u.time_zone as zone,
       coalesce((select array_agg(to_char(p.month, 'YYYY-MM')) from period p where p.customer_id = u.id and p.state = 'locked'), '{}') as months
     from customer u where u.id = any($1::uuid[])`,
          [customerIds],
        )
  const of = new Map(rows.map((row) => [row.customerId, { ...row, months: new Set(row.months) }]))
  const month = (customerId: string, moment: string) => monthIn(of.get(customerId)?.zone ?? 'UTC', moment)
  return {
    anyLocked: rows.some(({ months }) => months.length > 0),
    month,
    locked: (customerId: string, moment: string): string | null => {
      const months = of.get(customerId)?.months
      if (months === undefined || months.size === 0) return null
      const named = month(customerId, moment)
      return months.has(named) ? named : null
    },
  }
}

/** The month of a moment in a zone, `YYYY-MM`. */
export function monthIn(zone: string, moment: string): string {
  return new Date(localAt(zone, Date.parse(moment))).toISOString().slice(0, 7)
}
