import { sql } from 'kysely'
import type { TodayItem } from '#api/today'
import { barredFromInside } from '#core/may.ts'
import { ofCustomer, type WaitsFor } from '#platform/waiting.ts'

/** So many of each are listed. */
const AT_MOST = 12

type Line<Kind extends TodayItem['kind']> = Omit<Extract<TodayItem, { readonly kind: Kind }>, 'kind' | 'stake' | 'why'>

/** Approvals that wait for whoever asks, and tasks of requests that are in their hands. */
export const requestWaits: WaitsFor<TodayItem> = async ({ db, actor, now }, scope) => {
  const { personId, language, roles } = actor
  if (barredFromInside(actor) !== null || personId === null) return []
  const manages = roles.has('service-manager') || roles.has('administrator')
  const name = sql`coalesce(r.name->>${language}, r.name->>'en', r.name->>'de')`
  const approvals = await sql<Line<'approval'>>`
    select a.id, r.number, ${name} as title, customer.name as customer, a.asked_at as at
    from request_approval a join request r on r.id = a.request_id join customer on customer.id = r.customer_id
    where a.state = 'waiting' and ${ofCustomer(scope, 'r.customer_id')}
      and (a.person_id = ${personId} or a.by = 'service-manager' and ${manages})
      and ${personId}::uuid is distinct from r.requester_id and ${personId}::uuid is distinct from r.ordered_by_id
    order by a.asked_at, a.id limit ${AT_MOST}`.execute(db)
  const tasks = await sql<Line<'request-task'>>`
    select t.id, r.number, t.title->>${language} as task, ${name} as title, customer.name as customer, coalesce(r.promised_at, t.opened_at) as at
    from request_task t join request r on r.id = t.request_id join customer on customer.id = r.customer_id
    where t.state in ('open', 'started', 'failed') and t.assignee_id = ${personId}
      and ${ofCustomer(scope, 'r.customer_id')}
    order by at, t.id limit ${AT_MOST}`.execute(db)
  return [
    ...approvals.rows.map((row) => ({ ...row, kind: 'approval', stake: 'people', why: 'to-decide' }) as const),
    ...tasks.rows.map(
      (row) => ({ ...row, kind: 'request-task', stake: 'promise', why: row.at < now ? 'late' : 'due' }) as const,
    ),
  ]
}
