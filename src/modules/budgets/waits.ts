import { sql } from 'kysely'
import type { TodayItem } from '#api/today'
import { barredFromContracting } from '#core/may.ts'
import { ofCustomer, type WaitsFor } from '#platform/waiting.ts'
import { stepsOf } from './approval-chain.ts'

/** So many are listed. */
const AT_MOST = 12

interface Asked {
  readonly id: string
  readonly state: 'submitted' | 'supplement-required'
  readonly title: string
  readonly customer: string | null
  readonly currency: string
  readonly wholeMinor: number
  readonly requestedBy: string | null
  readonly at: Date
}

/** Money that is asked for: where the next approval is one of the asker's, and their own that became too dear. */
export const budgetWaits: WaitsFor<TodayItem> = async ({ db, actor }, scope) => {
  const { personId } = actor
  if (barredFromContracting(actor) !== null || personId === null) return []
  const { rows } = await sql<Asked>`
    select a.id, a.state, a.title, customer.name as customer, a.currency, a.amount_minor + a.contingency_minor as "wholeMinor",
      a.requested_by as "requestedBy",
      coalesce((select max(d.decided_at) from appropriation_decision d where d.appropriation_id = a.id), a.created_at) as at
    from appropriation a left join customer on customer.id = a.customer_id
    where (a.state = 'submitted' and a.requested_by is distinct from ${personId}::uuid
        or a.state = 'supplement-required' and a.requested_by = ${personId})
      and ${ofCustomer(scope, 'a.customer_id')}
    order by at, a.id limit 100`.execute(db)
  const items: TodayItem[] = []
  for (const asked of rows) {
    const { id, title, customer, at, state } = asked
    const line = { kind: 'appropriation', stake: 'report', id, title, customer, at: new Date(at) } as const
    if (state === 'supplement-required') items.push({ ...line, why: 'supplement' })
    else {
      const steps = await stepsOf(db, asked)
      if (steps.find((step) => step.at === null)?.may.some((one) => one.id === personId))
        items.push({ ...line, why: 'to-decide' })
    }
  }
  return items.slice(0, AT_MOST)
}
