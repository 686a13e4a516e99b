import { daysAfter } from '#core/recurrence.ts'
import type { Db } from '#platform/context.ts'
import { obligationsBetween } from './obligations.ts'
import { requireContract, todayOf } from './queries.ts'

/** What was owed on a day, and whether it was there by then. */
export interface KeptObligation {
  readonly obligationId: string
  /** A local date. */
  readonly dueOn: string
  readonly inTime: boolean
}

/**
 * What fell due of all obligations of a customer's contracts in the local days from `from` to before `to`, as far as those
 * days are over; what was waived nobody owed. Contracts that are over count as well.
 */
export async function keptObligations(
  { db, now }: { readonly db: Db; readonly now: Date },
  customerId: string,
  { from, to }: { readonly from: string; readonly to: string },
): Promise<readonly KeptObligation[]> {
  const ids = await db
    .selectFrom('contract')
    .select('id')
    .where('customerId', '=', customerId)
    .where('state', '<>', 'pipeline')
    .orderBy('id')
    .execute()
  const kept: KeptObligation[] = []
  for (const { id } of ids) {
    const contract = await requireContract(db, id)
    const today = todayOf(contract.timeZone, now)
    const until = to < today ? to : today
    if (until <= from) continue
    for (const due of await obligationsBetween(db, contract, today, { from, to: until })) {
      const { obligationId, dueOn, state, settledAt } = due
      if (state === 'waived') continue
      const settled = settledAt === null ? null : todayOf(contract.timeZone, settledAt)
      const inTime = state === 'fulfilled' && settled !== null && settled < daysAfter(dueOn, 1)
      kept.push({ obligationId, dueOn, inTime })
    }
  }
  return kept
}
