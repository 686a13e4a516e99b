import { termDays } from '#core/contract-dates.ts'
import { daysAfter } from '#core/recurrence.ts'
import { requireCustomer } from '#modules/customers'
import type { Context } from '#platform/context.ts'
import type { ContractDay, DaysQuery } from './api.ts'
import { disputeDays } from './disputes.ts'
import { obligationsBetween } from './obligations.ts'
import { contractsFor, datesOf, todayOf } from './queries.ts'

/** So far back something that was owed is still looked for. */
const LATE_DAYS = 366

/** Of which contracts last days are asked for, and in which time. */
export interface DaysScope {
  readonly customerId: string | undefined
  readonly contractId: string | undefined
  readonly from: string
  /** Exclusive. */
  readonly to: string
}

/** Last days of another module’s records, of what whoever asks may see. `src/app.ts` gives all of them to the contracts. */
export type LastDaysOf = (context: Context, scope: DaysScope) => Promise<readonly ContractDay[]>

/** All last days on which something can be done, of the contracts in sight, the earliest first. */
export async function listDays(
  context: Context,
  { customer, contract, from, to }: DaysQuery,
  sources: readonly LastDaysOf[],
): Promise<ContractDay[]> {
  const { db, now } = context
  const customerId = customer === undefined ? undefined : (await requireCustomer(db, customer)).id
  const today = todayOf('UTC', now)
  const spanOf = (day: string) => ({ from: from ?? daysAfter(day, -30), to: to ?? daysAfter(day, 366) })
  const days: ContractDay[] = []
  for (const row of await contractsFor(db, { customerId, id: contract })) {
    const local = todayOf(row.timeZone, now)
    const span = spanOf(local)
    const about = {
      contract: { id: row.id, number: row.number, title: row.title },
      customer: { id: row.customerId, name: row.customerName },
      month: null,
      leads: { to: 'contract', id: row.id } as const,
    }
    for (const { kind, on, name } of termDays(datesOf(row, local), span.from, span.to))
      days.push({ ...about, kind, on, name, party: null, state: null })
    // What is late stays in the list until somebody says what became of it.
    const owed = { ...span, from: from ?? daysAfter(local, -LATE_DAYS) }
    for (const { dueOn: on, text: name, party, state } of await obligationsBetween(db, row, local, owed))
      if (on >= span.from || state === 'late') days.push({ ...about, kind: 'obligation', on, name, party, state })
    days.push(...(await disputeDays(context, row.id, owed)).map((each) => ({ ...about, ...each })))
  }
  for (const each of sources)
    days.push(...(await each(context, { customerId, contractId: contract, ...spanOf(today) })))
  return days.toSorted((one, other) =>
    one.on === other.on ? titleOf(one).localeCompare(titleOf(other)) : one.on < other.on ? -1 : 1,
  )
}

function titleOf({ contract, name }: ContractDay): string {
  return contract?.title ?? name ?? ''
}
