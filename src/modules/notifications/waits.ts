import { sql } from 'kysely'
import type { TodayItem } from '#api/today'
import { barredFromInside } from '#core/may.ts'
import { ofCustomer, type WaitsFor } from '#platform/waiting.ts'

/** So many are listed. */
const AT_MOST = 12
/** After so long nobody waits for an answer to it. */
const WAITS_DAYS = 7

type Waiting = Omit<Extract<TodayItem, { readonly kind: 'mention' }>, 'kind' | 'stake'>

/** Notes in which whoever asks is called up, as long as they did nothing about the incident since and it is open. */
export const mentionWaits: WaitsFor<TodayItem> = async ({ db, actor, now }, scope) => {
  if (barredFromInside(actor) !== null || actor.personId === null) return []
  const since = new Date(now.getTime() - WAITS_DAYS * 86_400_000)
  const { rows } = await sql<Waiting>`
    select n.id, i.number, i.title, customer.name as customer, person.name as by, n.fact_at as at
    from notification n join history h on h.id = n.fact_id and h.occurred_at = n.fact_at
    join incident i on i.id = n.subject_id join customer on customer.id = i.customer_id
    left join person on person.id = h.actor_id
    where n.person_id = ${actor.personId} and n.kind = 'mentioned' and h.kind = 'incident.note' and n.created_at > ${since}
      and i.state in ('new', 'assigned', 'in-progress', 'on-hold', 'restored') and ${ofCustomer(scope, 'i.customer_id')}
      and not exists (select from history own where own.subject_id = n.subject_id and own.actor_id = ${actor.personId}
        and own.occurred_at > n.fact_at and own.kind in ('incident.note', 'incident.state', 'incident.assigned'))
    order by n.fact_at, n.id limit ${AT_MOST}`.execute(db)
  return rows.map((row) => ({ ...row, kind: 'mention', why: 'unanswered', stake: 'people' }))
}
