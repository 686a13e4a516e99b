import { sql } from 'kysely'
import type { ChargePart } from '#core/charge.ts'
import { newId } from '#core/id.ts'
import { monthsAfter } from '#core/recurrence.ts'
import type { Context } from '#platform/context.ts'
import { firstOpenFrom } from './locks.ts'
import { lockContract } from './queries.ts'

interface Credited {
  readonly month: string
  readonly amountMinor: number
  readonly name: string
  /** The level alone whose credit comes back. */
  readonly about?: string | null
}

/**
 * Takes a credit off the next charges that were not invoiced yet, at the earliest those of the month after it. Says which.
 */
export async function addCreditCharge(
  context: Context,
  contractId: string,
  { month, amountMinor, name, about = null }: Credited,
): Promise<{ readonly id: string; readonly month: string }> {
  const { db, now } = context
  const { customerId } = await lockContract(db, contractId)
  const { latest } = await db
    .selectFrom('charge')
    .select(sql<string | null>`to_char(max(month), 'YYYY-MM')`.as('latest'))
    .where('contractId', '=', contractId)
    .where('state', 'in', ['agreed', 'invoiced', 'paid'])
    .executeTakeFirstOrThrow()
  const after = latest !== null && latest > month ? latest : month
  const on = `${await firstOpenFrom(db, customerId, monthsAfter(`${after}-01`, 1).slice(0, 7))}-01`
  const id = newId(now.getTime())
  const part: ChargePart = { says: 'difference', quantity: 1, unitMinor: -amountMinor, amountMinor: -amountMinor }
  const row = { id, contractId, customerId, month: on, name, about, kind: 'credit', amountMinor: -amountMinor }
  await db
    .insertInto('charge')
    .values({ ...row, parts: JSON.stringify([part]), computedAt: now })
    .execute()
  return { id, month: on.slice(0, 7) }
}
