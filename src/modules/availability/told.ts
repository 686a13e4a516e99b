import { z } from 'zod'
import type { Db } from '#platform/context.ts'
import { type AvailabilityOfService, availabilityOfService } from './api.ts'
import { figureOf, isSameFigure } from './figure.ts'

/** As it was stored, by whatever version of the program. */
type ToldItem = z.input<typeof availabilityOfService>

/** What was told of a customer's locked months, as it is stored. */
export function storeTold(told: readonly AvailabilityOfService[]): string {
  return JSON.stringify(z.encode(z.array(availabilityOfService), [...told]))
}

/** What was told of that month, by customer; none of those in which it is not locked, or was counted never. */
export async function readTold(
  db: Db,
  customerIds: readonly string[],
  month: string,
): Promise<ReadonlyMap<string, readonly ToldItem[]>> {
  if (customerIds.length === 0) return new Map()
  const rows = await db
    .selectFrom('availabilityTold')
    .select(['customerId', 'items'])
    .where('customerId', 'in', customerIds)
    .where('month', '=', `${month}-01`)
    .execute()
  return new Map(rows.map((row) => [row.customerId, row.items as unknown as readonly ToldItem[]]))
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
  const keptFor = await readTold(db, [...locked], month)
  return counted.flatMap((item): AvailabilityOfService[] => {
    const { customerId, id } = item.promise
    if (!locked.has(customerId)) return [item]
    const kept = keptFor.get(customerId)
    if (kept === undefined) return [{ ...item, locked: true }]
    const was = kept.find(({ promise }) => promise.id === id)
    // Promised only since: it is no part of what was told.
    if (was === undefined) return []
    const known = figureOf(item)
    // What an earlier version of the program did not tell yet is as it is counted now.
    const told = availabilityOfService.parse({ ...z.encode(availabilityOfService, item), ...was })
    return [
      {
        ...told,
        serviceTime: item.serviceTime,
        locked: true,
        known: isSameFigure(figureOf(was), known) ? null : known,
      },
    ]
  })
}
