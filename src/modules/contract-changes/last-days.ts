import type { LastDaysOf } from '#modules/contracts'
import { barredFromCharges } from '#core/may.ts'
import { changes } from './queries.ts'

/** Until when what was offered holds: after it, the customer has to be offered it anew. */
export const changeDays: LastDaysOf = async (context, { customerId, contractId, from, to }) => {
  const { actor } = context
  if (actor.access === 'customer' || barredFromCharges(actor) !== null) return []
  const rows = await changes(context)
    .where('contractChange.state', 'in', ['offered', 'negotiation', 'approved'])
    .where('contractChange.offerValidUntil', '>=', from)
    .where('contractChange.offerValidUntil', '<', to)
    .$if(customerId !== undefined, (query) => query.where('contractChange.customerId', '=', customerId!))
    .$if(contractId !== undefined, (query) => query.where('contractChange.contractId', '=', contractId!))
    .execute()
  return rows.map((row) => ({
    contract: { id: row.contractId, number: row.contractNumber, title: row.contractTitle },
    customer: { id: row.customerId, name: row.customerName },
    kind: 'offer',
    on: row.offerValidUntil!,
    name: row.title,
    month: null,
    party: 'customer',
    state: null,
    leads: { to: 'contract-change', id: row.id },
  }))
}
