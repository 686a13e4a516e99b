import { sql } from 'kysely'
import { notFound } from '#core/failure.ts'
import { requireCustomer } from '#modules/customers'
import type { Context } from '#platform/context.ts'
import type { Forum } from './api.ts'
import { meetingsThat } from './meetings.ts'

/** So many of the last days are looked at for how well a forum keeps to its rhythm. */
const ADHERENCE_DAYS = 90

/** Forums by tier and name. */
async function forums(
  { db, now }: Context,
  { id, customerId, supplierId }: { readonly id?: string; readonly customerId?: string; readonly supplierId?: string },
) {
  const is = meetingsThat(now)
  const { rows } = await sql<Forum>`
    select f.id, f.name, f.purpose, f.tier, f.weekdays, f.weeks, f.nth, f.months, f.starts_on::text as "startsOn",
      f.at_minute as "atMinute", f.minutes, f.time_zone as "timeZone", f.quorum, f.agenda, f.inputs, f.kpis,
      f.ended_at as "endedAt", f.version,
      case when c.id is not null then json_build_object('id', c.id, 'name', c.name) end as customer,
      (select json_build_object('id', s.id, 'name', s.name) from supplier s where s.id = f.supplier_id) as supplier,
      (select json_build_object('id', p.id, 'name', p.name) from person p where p.id = f.chair_id) as chair,
      coalesce((select json_agg(json_build_object('id', p.id, 'name', p.name) order by lower(p.name), p.id)
        from forum_member m join person p on p.id = m.person_id where m.forum_id = f.id), '[]') as members,
      (select min(r.planned_at) from forum_run r where r.forum_id = f.id and r.planned_at > ${now} and r.state = 'planned') as "nextAt",
      (select json_build_object('planned', count(*), 'held', count(*) filter (where ${is.held}),
          'onTime', count(*) filter (where ${is['on-time']}), 'full', count(*) filter (where ${is.full}))
        from forum_run r where r.forum_id = f.id and ${is.planned}
          and r.planned_at >= ${now}::timestamptz - make_interval(days => ${ADHERENCE_DAYS})) as adherence,
      (select count(*)::int from action where action.forum_id = f.id and action.closed_at is null) as "openActions",
      (select count(*)::int from action where action.forum_id = f.id and action.state in ('open', 'in-progress')
        and action.due < (${now}::timestamptz at time zone f.time_zone)::date) as "overdueActions"
    from forum f left join customer c on c.id = f.customer_id
    where ${id === undefined ? sql`f.ended_at is null` : sql`f.id = ${id}`}
      and ${customerId === undefined ? sql`true` : sql`f.customer_id = ${customerId}`}
      and ${supplierId === undefined ? sql`true` : sql`f.supplier_id = ${supplierId}`}
    order by f.tier, lower(f.name), f.id`.execute(db)
  return rows
}

/** `GET /forums`. */
export async function listForums(
  context: Context,
  { customer, supplier }: { readonly customer?: string | undefined; readonly supplier?: string | undefined },
) {
  const customerId = customer === undefined ? undefined : (await requireCustomer(context.db, customer)).id
  return forums(context, {
    ...(customerId !== undefined && { customerId }),
    ...(supplier !== undefined && { supplierId: supplier }),
  })
}

/** One of them, also one that is over. Throws when there is none in sight. */
export async function readForum(context: Context, id: string): Promise<Forum> {
  const [forum] = await forums(context, { id })
  if (forum === undefined) throw notFound('forum.not-found')
  return forum
}
