import { type RawBuilder, sql } from 'kysely'
import type { Context } from '#platform/context.ts'
import { type Interval, type IntervalFigure, intervalFigures } from './api-steering.ts'
import { readForum } from './queries.ts'

const DAY_MS = 86_400_000
/** Of each figure so many are listed. */
const LISTED = 100

// Said as the indexes of what is open say it.
const isOpen = sql`i.state in ('new', 'assigned', 'in-progress', 'on-hold', 'restored')`

const clockThat = (is: RawBuilder<unknown>) => sql`exists (select from clock k where k.incident_id = i.id
  and k.customer_id = i.customer_id and k.metric = 'resolution' and k.exclusion is null and ${is})`

/** Which incidents `i` each figure is made of, by the moments of two meetings. */
const conditions = (since: Date, until: Date): Readonly<Record<IntervalFigure, RawBuilder<unknown>>> => ({
  major: sql`exists (select from major_incident m where m.incident_id = i.id
    and m.state in ('declared', 'investigating', 'mitigated', 'restored', 'monitoring'))`,
  escalated: sql`exists (select from escalation e where e.incident_id = i.id and e.closed_at is null
    and e.state not in ('confirmed', 'withdrawn'))`,
  late: sql`${isOpen} and ${clockThat(sql`k.state = 'breached-running'`)}`,
  due: sql`${isOpen} and ${clockThat(sql`k.state = 'running' and k.due_at < ${until}`)}`,
  unassigned: sql`${isOpen} and i.assignee_id is null`,
  opened: sql`i.opened_at >= ${since} and i.state <> 'cancelled'`,
  resolved: sql`i.resolved_at >= ${since} and i.state <> 'cancelled'`,
})

/** `GET /forums/:id/interval`: as far as the asker sees incidents. */
export async function readInterval(context: Context, id: string): Promise<Interval> {
  const { db, now } = context
  const forum = await readForum(context, id)
  const { rows: last } = await sql<{ readonly at: Date | null }>`
    select max(planned_at) as at from forum_run where forum_id = ${id} and planned_at < ${now}`.execute(db)
  const since = last[0]?.at ?? new Date(now.getTime() - DAY_MS)
  const until = forum.nextAt ?? new Date(now.getTime() + DAY_MS)
  const whose = forum.customer === null ? sql`true` : sql`i.customer_id = ${forum.customer.id}`
  const where = conditions(since, until)
  const items: Interval['items'] = []
  for (const key of intervalFigures) {
    // Counted from indexes; titles are read of those that are listed alone.
    const { rows } = await sql<Interval['items'][number]['records'][number] & { readonly count: number }>`
      with found as materialized (select i.id, i.opened_at from incident i where ${whose} and ${where[key]})
      select i.number, i.title, i.priority, (select count(*)::int from found) as count
      from (select id from found order by opened_at, id limit ${LISTED}) listed join incident i on i.id = listed.id
      order by i.opened_at, i.id`.execute(db)
    const records = rows.map(({ number, title, priority }) => ({ number, title, priority }))
    items.push({ key, count: rows[0]?.count ?? 0, records })
  }
  return { since, until, items }
}
