import { sql } from 'kysely'
import { requireCustomer } from '#modules/customers'
import type { Context } from '#platform/context.ts'
import type { Adherence } from './api-steering.ts'
import { meetingsThat } from './meetings.ts'

/** `GET /forum-adherence`: weeks begin on Monday in each forum's zone. */
export async function readAdherence(
  { db, now }: Context,
  { customer, weeks }: { readonly customer?: string | undefined; readonly weeks: number },
): Promise<Adherence> {
  const customerId = customer === undefined ? null : (await requireCustomer(db, customer)).id
  const is = meetingsThat(now)
  const counts = sql`count(*)::int as planned, count(*) filter (where ${is.held})::int as held,
    count(*) filter (where ${is['on-time']})::int as "onTime", count(*) filter (where ${is.full})::int as "full"`
  const monday = sql`(date_trunc('week', ${now}::timestamptz at time zone 'UTC') - make_interval(weeks => ${weeks - 1}))::date`
  const meetings = sql`forum_run r join forum f on f.id = r.forum_id left join customer c on c.id = f.customer_id
    where ${is.planned} and (r.planned_at at time zone f.time_zone)::date >= ${monday}
      and ${customerId === null ? sql`true` : sql`r.customer_id = ${customerId}`}`
  const { rows: first } = await sql<{ readonly from: string }>`select ${monday}::text as from`.execute(db)
  const { rows: forums } = await sql<Adherence['forums'][number]>`
    select json_build_object('id', f.id, 'name', f.name) as forum, f.tier, ${counts},
      case when c.id is not null then json_build_object('id', c.id, 'name', c.name) end as customer,
      count(*) filter (where ${is.unrecorded})::int as unrecorded
    from ${meetings} group by f.id, c.id order by f.tier, lower(f.name), f.id`.execute(db)
  const { rows: byWeek } = await sql<Adherence['weeks'][number]>`
    select date_trunc('week', r.planned_at at time zone f.time_zone)::date::text as week, f.tier, ${counts}
    from ${meetings} group by 1, 2 order by 1 desc, 2`.execute(db)
  return { from: first[0]!.from, forums, weeks: byWeek }
}
