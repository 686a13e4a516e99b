import { sql } from 'kysely'
import type { TodayItem } from '#api/today'
import { barredFromInside } from '#core/may.ts'
import { ofCustomer, type WaitsFor } from '#platform/waiting.ts'
import { barredFromDeciding } from './may.ts'

/** So many are listed. */
const AT_MOST = 12

type Waiting = Omit<Extract<TodayItem, { readonly kind: 'correction' }>, 'kind' | 'stake'>

/** Corrections that wait to be decided by whoever asks, who did not ask for them; and their own that could not be counted. */
export const correctionWaits: WaitsFor<TodayItem> = async ({ db, actor }, scope) => {
  if (barredFromInside(actor) !== null || actor.personId === null) return []
  const decides = barredFromDeciding(actor) === null
  const { rows } = await sql<Waiting>`
    select c.id, c.reason, customer.name as customer, coalesce(c.computed_at, c.requested_at) as at,
      case when c.state = 'computed' then 'to-decide' else 'failed' end as why
    from correction c left join customer on customer.id = c.customer_id
    where ${ofCustomer(scope, 'c.customer_id')} and (
      c.state = 'computed' and ${decides} and c.requested_by is distinct from ${actor.personId}::uuid
      or c.state = 'failed' and c.requested_by = ${actor.personId}
    )
    order by at, c.id limit ${AT_MOST}`.execute(db)
  return rows.map((row) => ({ ...row, kind: 'correction', stake: 'report' }))
}
