import { sql } from 'kysely'
import type { Context } from '#platform/context.ts'
import { record } from '#platform/history.ts'
import { openActionStates } from './action.ts'
import { localDay } from './queries.ts'

/** Writes down, once for each day that was said, that it has come or that it went by; nobody says yet that it is done. */
export async function noteDue(context: Context): Promise<void> {
  const { db, now } = context
  const today = localDay(now)
  const owed = openActionStates.filter((state) => state !== 'done-claimed')
  const { rows } = await sql<{
    readonly id: string
    readonly customerId: string | null
    readonly due: string
    readonly kind: 'action.due' | 'action.late'
  }>`
    select id, customer_id as "customerId", due, kind from (
      select action.id, action.customer_id, action.due::text as due,
        case when action.due = ${today} then 'action.due' else 'action.late' end as kind
      from action left join customer on customer.id = action.customer_id
      where action.state = any(${owed}::text[]) and action.due in (${today}, ${today} - 1)
    ) come where not exists (select from history h where h.subject_id = come.id and h.kind = come.kind
      and h.facts ->> 'day' = come.due)
    order by id`.execute(db)
  for (const { id, customerId, due, kind } of rows)
    await record(context, { subjectType: 'action', subjectId: id, customerId, kind, facts: { day: due } })
}
