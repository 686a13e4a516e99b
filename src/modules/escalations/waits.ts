import { sql } from 'kysely'
import type { TodayItem } from '#api/today'
import { barredFromInside, barredFromManaging } from '#core/may.ts'
import { ofCustomer, type WaitsFor } from '#platform/waiting.ts'

/** So many are listed. */
const AT_MOST = 12
/** So long before a word is due it is told. */
const DUE_WITHIN_HOURS = 4

type Waiting = Omit<Extract<TodayItem, { readonly kind: 'escalation' }>, 'kind' | 'stake'>

/**
 * Escalations that wait for whoever asks: those they care for, that are not acknowledged or owe a word; those they raised,
 * whose outcome they are to confirm; for whoever manages those that nobody cares for.
 */
export const escalationWaits: WaitsFor<TodayItem> = async ({ db, actor, now }, scope) => {
  if (barredFromInside(actor) !== null || actor.personId === null) return []
  const soon = new Date(now.getTime() + DUE_WITHIN_HOURS * 3_600_000)
  const manages = barredFromManaging(actor) === null
  const { rows } = await sql<Waiting>`
    select waiting.* from (
      select e.id, e.level, i.number, i.title, customer.name as customer, coalesce(e.next_update_due, e.raised_at) as at,
        case
          when e.state = 'outcome-reached' and e.raised_by = ${actor.personId} then 'confirm'
          when e.owner_id is null and ${manages} then 'unowned'
          when e.owner_id is distinct from ${actor.personId}::uuid then null
          when e.next_update_due < ${now} then 'update-late'
          when e.state = 'raised' then 'unacknowledged'
          when e.next_update_due < ${soon} then 'update-due'
        end as why
      from escalation e join incident i on i.id = e.incident_id join customer on customer.id = e.customer_id
      where e.closed_at is null and ${ofCustomer(scope, 'e.customer_id')}
    ) waiting where why is not null order by at, id limit ${AT_MOST}`.execute(db)
  // A word that was promised is a promise.
  return rows.map((row) => ({
    ...row,
    kind: 'escalation',
    stake: row.why === 'update-late' || row.why === 'update-due' ? 'promise' : 'people',
  }))
}
