import { sql } from 'kysely'
import type { TodayItem } from '#api/today'
import { barredFromContracting, barredFromTerms } from '#core/may.ts'
import { daysAfter } from '#core/recurrence.ts'
import type { Context } from '#platform/context.ts'
import { ofCustomer, type WaitingScope, type WaitsFor } from '#platform/waiting.ts'
import { type LastDaysOf, listDays } from './days.ts'
import { todayOf } from './queries.ts'

/** So many of each are listed. */
const AT_MOST = 12
/** From so many days before its last day on something is told. */
const SOON_DAYS = 14

/** Last days that are near, what we owe and is late, and charges that a customer contradicts. */
export function contractWaits(sources: readonly LastDaysOf[]): WaitsFor<TodayItem> {
  return async (context, scope) => [
    ...(await daysSoon(context, scope, sources)),
    ...(await disputedCharges(context, scope)),
  ]
}

async function daysSoon(
  context: Context,
  { customerId }: WaitingScope,
  sources: readonly LastDaysOf[],
): Promise<TodayItem[]> {
  if (barredFromTerms(context.actor) !== null) return []
  const today = todayOf('UTC', context.now)
  const days = await listDays(context, { customer: customerId, to: daysAfter(today, SOON_DAYS) }, sources)
  return days
    .filter(({ kind, on, state }) => (kind === 'obligation' ? state === 'late' || state === 'due' : on >= today))
    .slice(0, AT_MOST)
    .map(({ contract, customer, kind, on, name, month, party, state, leads }) => ({
      kind: 'contract-day',
      why: state === 'late' ? 'late' : 'due',
      // What we owe breaks, and what is ours to say is lost, by waiting; what the customer owes is asked for.
      stake: kind === 'obligation' && party === 'customer' ? 'report' : 'promise',
      id: leads.id,
      leads: leads.to,
      what: kind,
      name,
      month,
      party,
      contract: contract?.title ?? null,
      customer: customer.name,
      at: new Date(`${on}T12:00:00Z`),
    }))
}

interface Disputed {
  readonly id: string
  readonly month: string
  readonly contract: string
  readonly customer: string
  readonly at: Date
}

/** Of a contract's month one line, since the first of them was contradicted. */
async function disputedCharges({ db, actor }: Context, scope: WaitingScope): Promise<TodayItem[]> {
  if (barredFromContracting(actor) !== null) return []
  const { rows } = await sql<Disputed>`
    select contract.id, to_char(c.month, 'YYYY-MM') as month, contract.title as contract, customer.name as customer,
      min(c.disputed_at) as at
    from charge c join contract on contract.id = c.contract_id join customer on customer.id = c.customer_id
    where c.state = 'disputed' and ${ofCustomer(scope, 'c.customer_id')}
    group by contract.id, c.month, contract.title, customer.name
    order by at, contract.id limit ${AT_MOST}`.execute(db)
  return rows.map((row) => ({ ...row, kind: 'charges', why: 'disputed', stake: 'report' }))
}
