import { sql } from 'kysely'
import type { TodayItem } from '#api/today'
import { barredFromContracting } from '#core/may.ts'
import { ofCustomer, type WaitsFor } from '#platform/waiting.ts'

/** So many are listed. */
const AT_MOST = 12

type Waiting = Omit<Extract<TodayItem, { readonly kind: 'credit' }>, 'kind' | 'stake'>

/** Credits that cost something and wait for whoever settles them: to be looked at, answered, or taken off what is charged. */
export const creditWaits: WaitsFor<TodayItem> = async ({ db, actor }, scope) => {
  if (barredFromContracting(actor) !== null) return []
  const { rows } = await sql<Waiting>`
    select c.id, to_char(c.month, 'YYYY-MM') as month, contract.title as contract, customer.name as customer,
      case c.state when 'disputed' then 'disputed' when 'agreed' then 'agreed' else 'review' end as why,
      coalesce(c.disputed_at, c.calculated_at) as at
    from service_credit c join contract on contract.id = c.contract_id join customer on customer.id = c.customer_id
    where c.state in ('calculated', 'internal-review', 'disputed', 'agreed') and c.amount_minor > 0
      and ${ofCustomer(scope, 'c.customer_id')}
    order by c.state = 'disputed' desc, at, c.id limit ${AT_MOST}`.execute(db)
  return rows.map((row) => ({ ...row, kind: 'credit', stake: 'report' }))
}
