import { sql } from 'kysely'
import type { TodayItem } from '#api/today'
import { barredFromInside } from '#core/may.ts'
import { ofCustomer, type WaitsFor } from '#platform/waiting.ts'

/** So many are listed. */
const AT_MOST = 6

type Waiting = Omit<Extract<TodayItem, { readonly kind: 'forum' }>, 'kind' | 'stake'>

/** Meetings that whoever asks chairs: those of the next twelve hours, and those of the last week that nobody wrote down. */
export const forumWaits: WaitsFor<TodayItem> = async ({ db, actor, now }, scope) => {
  if (barredFromInside(actor) !== null || actor.personId === null) return []
  const { rows } = await sql<Waiting>`
    select r.id, f.name, c.name as customer, r.planned_at as at,
      case when r.planned_at + make_interval(mins => f.minutes) < ${now} then 'unrecorded' else 'today' end as why
    from forum_run r join forum f on f.id = r.forum_id left join customer c on c.id = f.customer_id
    where r.state = 'planned' and f.chair_id = ${actor.personId}
      and r.planned_at > ${now}::timestamptz - interval '7 days' and r.planned_at < ${now}::timestamptz + interval '12 hours'
      and ${ofCustomer(scope, 'r.customer_id')}
    order by r.planned_at desc, r.id limit ${AT_MOST}`.execute(db)
  return rows.map((row) => ({ ...row, kind: 'forum', stake: row.why === 'today' ? 'people' : 'paper' }))
}
