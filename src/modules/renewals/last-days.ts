import type { LastDaysOf } from '#modules/contracts'
import { barredFromTerms } from '#core/may.ts'
import { renewals } from './queries.ts'

/** Until when we decide what to go for, of renewals that are not settled; nobody of a customer's or a supplier's learns of it. */
export const renewalDays: LastDaysOf = async (context, { customerId, contractId, from, to }) => {
  const { actor } = context
  if (actor.access !== 'auditor' && barredFromTerms(actor) !== null) return []
  const rows = await renewals(context)
    .where('renewal.settledAt', 'is', null)
    .where('renewal.decideOn', '>=', from)
    .where('renewal.decideOn', '<', to)
    .$if(customerId !== undefined, (query) => query.where('renewal.customerId', '=', customerId!))
    .$if(contractId !== undefined, (query) => query.where('renewal.contractId', '=', contractId!))
    .execute()
  return rows.map((row) => ({
    contract: { id: row.contractId, number: row.number, title: row.title },
    customer: { id: row.customerId, name: row.customerName },
    kind: 'decision',
    on: row.decideOn!,
    name: null,
    month: null,
    party: 'provider',
    state: null,
    leads: { to: 'renewal', id: row.id },
  }))
}
