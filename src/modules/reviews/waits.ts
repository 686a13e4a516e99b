import { sql } from 'kysely'
import type { TodayItem } from '#api/today'
import { barredFromManaging } from '#core/may.ts'
import type { Context } from '#platform/context.ts'
import { ofCustomer, type WaitingScope, type WaitsFor } from '#platform/waiting.ts'

/** So many of each are listed. */
const AT_MOST = 12

/** Reviews that wait for whoever manages: to be handed over, or to be made again. */
export const reviewWaits: WaitsFor<TodayItem> = async (context, scope) => {
  if (barredFromManaging(context.actor) !== null) return []
  return (await readReviews(context, scope)).map((row) => ({ ...row, kind: 'review', stake: 'report' }))
}

interface ReviewRow {
  readonly id: string
  readonly why: 'ready' | 'failed'
  readonly month: string
  readonly customer: string
  readonly at: Date
}

/** Of each customer's month the latest version, where it could not be made or is made and not handed over. */
async function readReviews({ db }: Context, scope: WaitingScope): Promise<ReviewRow[]> {
  const { rows } = await sql<ReviewRow>`
    select r.id, case when r.state = 'failed' then 'failed' else 'ready' end as why, to_char(r.month, 'YYYY-MM') as month,
      customer.name as customer, coalesce(r.locked_at, r.created_at) as at
    from review r join customer on customer.id = r.customer_id
    where r.edition = 'customer' and r.issued_at is null and r.state in ('done', 'failed') and ${ofCustomer(scope, 'r.customer_id')}
      and not exists (
        select from review later where later.customer_id = r.customer_id and later.month = r.month
          and later.edition = r.edition and later.version > r.version
      )
    order by r.state = 'failed' desc, r.created_at desc limit ${AT_MOST}`.execute(db)
  return rows
}
