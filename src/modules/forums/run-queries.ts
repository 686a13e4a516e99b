import { type RawBuilder, sql } from 'kysely'
import { notFound } from '#core/failure.ts'
import { requireCustomer } from '#modules/customers'
import type { Context } from '#platform/context.ts'
import { keyOf, pageFrom } from '#platform/paging.ts'
import type { Run, RunInFull, RunsQuery } from './api.ts'
import { isUnrecorded, meetingsThat } from './meetings.ts'

/** Columns of a meeting `r` of a forum `f` with its customer `c`. */
const columns = (
  now: Date,
): RawBuilder<unknown> => sql`r.id, json_build_object('id', f.id, 'name', f.name) as forum, f.tier,
  case when c.id is not null then json_build_object('id', c.id, 'name', c.name) end as customer,
  r.planned_at as "plannedAt", f.minutes as "minutesPlanned", f.time_zone as "timeZone", r.state,
  ${isUnrecorded(now)} as unrecorded,
  r.began_at as "beganAt", r.ended_at as "endedAt", r.version,
  (select count(*)::int from forum_attendance a where a.run_id = r.id) as present,
  (select count(*)::int from forum_member m where m.forum_id = f.id) as invited,
  (select count(*)::int from action where origin_kind = 'forum-run' and origin_id = r.id)
    + (select count(*)::int from decision where origin_kind = 'forum-run' and origin_id = r.id) as outputs`

/** The day of a meeting `r` where its forum `f` meets. */
const day = sql`(r.planned_at at time zone f.time_zone)::date`

const tables = sql`forum_run r join forum f on f.id = r.forum_id left join customer c on c.id = f.customer_id`

/** `GET /forum-runs`. */
export async function listRuns(
  { db, now }: Context,
  { from, to, fromDay, untilDay, customer, forum, tier, kind, limit, cursor }: RunsQuery,
): Promise<{ items: Run[]; nextCursor: string | null }> {
  const customerId = customer === undefined ? null : (await requireCustomer(db, customer)).id
  const after = keyOf(cursor, ['moment', 'id'])
  const { rows } = await sql<Run & { readonly sortKey: string }>`
    select ${columns(now)}, r.planned_at::text as "sortKey" from ${tables}
    where r.planned_at >= ${from} and r.planned_at < ${to}
      and ${fromDay === undefined ? sql`true` : sql`${day} >= ${fromDay}::date`}
      and ${untilDay === undefined ? sql`true` : sql`${day} < ${untilDay}::date`}
      and ${tier === undefined ? sql`true` : sql`f.tier = ${tier}`}
      and ${kind === undefined ? sql`true` : meetingsThat(now)[kind]}
      and ${customerId === null ? sql`true` : sql`r.customer_id = ${customerId}`}
      and ${forum === undefined ? sql`true` : sql`r.forum_id = ${forum}`}
      and ${after === undefined ? sql`true` : sql`(r.planned_at, r.id) > (${after[0]}::timestamptz, ${after[1]}::uuid)`}
    order by r.planned_at, r.id limit ${limit + 1}`.execute(db)
  const page = pageFrom(rows, limit, ({ sortKey, id }) => [sortKey, id])
  return { items: page.items, nextCursor: page.nextCursor }
}

/** One of them. Throws when there is none in sight. */
export async function readRun({ db, now }: Context, id: string): Promise<RunInFull> {
  const { rows } = await sql<RunInFull>`
    select ${columns(now)}, f.agenda, f.inputs, f.kpis, f.quorum, r.minutes, r.reason,
      coalesce((select json_agg(json_build_object('id', p.id, 'name', p.name, 'present',
          exists (select from forum_attendance a where a.run_id = r.id and a.person_id = p.id)) order by lower(p.name), p.id)
        from person p where p.id in (select m.person_id from forum_member m where m.forum_id = f.id
          union select a.person_id from forum_attendance a where a.run_id = r.id union select f.chair_id)), '[]') as members
    from ${tables} where r.id = ${id}`.execute(db)
  const [run] = rows
  if (run === undefined) throw notFound('forum-run.not-found')
  return run
}
