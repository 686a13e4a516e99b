import { sql } from 'kysely'
import type { TodayItem } from '#api/today'
import { barredFromInside } from '#core/may.ts'
import { ofCustomer, type WaitsFor } from '#platform/waiting.ts'

/** So many are listed. */
const AT_MOST = 12

type Waiting = Omit<Extract<TodayItem, { readonly kind: 'task' }>, 'kind' | 'stake' | 'why'>

/** Tasks of incidents that are whoever asks's, with an appointment or due within a day. */
export const taskWaits: WaitsFor<TodayItem> = async ({ db, actor, now }, scope) => {
  if (barredFromInside(actor) !== null || actor.personId === null) return []
  const { rows } = await sql<Waiting & { readonly appointed: boolean }>`
    select t.id, t.title as task, i.number, i.title, customer.name as customer,
      coalesce(t.appointment_from, t.due_at) as at, t.appointment_from is not null as appointed
    from incident_task t join incident i on i.id = t.incident_id join customer on customer.id = t.customer_id
    where t.state in ('open', 'accepted', 'en-route', 'started') and t.person_id = ${actor.personId}
      and coalesce(t.appointment_from, t.due_at) < ${now}::timestamptz + interval '1 day'
      and ${ofCustomer(scope, 't.customer_id')}
    order by at, t.id limit ${AT_MOST}`.execute(db)
  return rows.map(({ appointed, ...row }) => ({
    ...row,
    kind: 'task',
    stake: 'promise',
    why: row.at < now ? 'late' : appointed ? 'appointment' : 'due',
  }))
}
