import { z } from 'zod'
import type { Db } from '#platform/context.ts'
import { type AvailabilityOfService, availabilityOfService } from './api.ts'
import { figureOf, isSameFigure } from './figure.ts'

const items = z.array(availabilityOfService)

/** What was told of a customer's locked months, as it is stored. */
export function storeTold(told: readonly AvailabilityOfService[]): string {
  return JSON.stringify(z.encode(items, [...told]))
}

/** What was told of that month, by customer; none of those in which it is not locked, or was counted never. */
export async function readTold(
  db: Db,
  customerIds: readonly string[],
  month: string,
): Promise<ReadonlyMap<string, AvailabilityOfService[]>> {
  if (customerIds.length === 0) return new Map()
  const rows = await db
    .selectFrom('availabilityTold')
    .select(['customerId', 'items'])
    .where('customerId', 'in', customerIds)
    .where('month', '=', `${month}-01`)
    .execute()
  return new Map(rows.map((row) => [row.customerId, items.parse(row.items)]))
}

/** Customers whose month is locked. */
async function lockedFor(db: Db, customerIds: readonly string[], month: string): Promise<ReadonlySet<string>> {
  if (customerIds.length === 0) return new Set()
  const rows = await db
    .selectFrom('period')
    .select('customerId')
    .where('customerId', 'in', customerIds)
    .where('month', '=', `${month}-01`)
    .where('state', '=', 'locked')
    .execute()
  return new Set(rows.map(({ customerId }) => customerId))
}

/** What was counted of a month as it is told: of a locked one as it was, with what is known now beside where that differs. */
export async function asTold(
  db: Db,
  counted: readonly AvailabilityOfService[],
  month: string,
): Promise<AvailabilityOfService[]> {
  const customerIds = [...new Set(counted.map(({ promise }) => promise.customerId))]
  const locked = await lockedFor(db, customerIds, month)
  const told = await readTold(db, [...locked], month)
  return counted.flatMap((item): AvailabilityOfService[] => {
    const { customerId, id } = item.promise
    if (!locked.has(customerId)) return [item]
    const kept = told.get(customerId)
    if (kept === undefined) return [{ ...item, locked: true }]
    const was = kept.find(({ promise }) => promise.id === id)
    // Promised only since: it is no part of what was told.
    if (was === undefined) return []
    const known = figureOf(item)
    return [
      {
        ...was,
        serviceTime: item.serviceTime,
        locked: true,
        known: isSameFigure(figureOf(was), known) ? null : known,
      },
    ]
  })
}
