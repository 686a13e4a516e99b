import { type RawBuilder, sql } from 'kysely'
import { barredFromInside } from '#core/may.ts'
import type { IncidentState } from '#api/incidents'
import type { Metric, Priority } from '#api/service-levels'
import { agreementsOfClocks, type ClockView, clockView } from '#modules/service-levels'
import type { Context, Db } from '#platform/context.ts'

const HOUR_MS = 3_600_000

/** What is looked at: one customer, or all that the asker may see; of these one site, where one is named. */
export interface Scope {
  readonly customerId: string | undefined
  readonly siteId: string | undefined
  /** Only what this person holds, and what is their team's while nobody does. */
  readonly mine?: string | undefined
}

/** So many incidents are fetched, to be put in order; how many there are is counted apart. */
const CANDIDATES = 40
/** Clocks looked at for what is due soon. Where more run out in three days, what lies further is not soon. */
const NEXT_CLOCKS = 400

/** An open incident with what makes it somebody's. Ids of what is named elsewhere come as names. */
export interface OpenIncident {
  readonly id: string
  readonly number: string
  readonly title: string
  readonly state: IncidentState
  readonly priority: Priority
  readonly customer: string
  readonly site: string | null
  readonly dueAt: Date | null
  readonly updatedAt: Date
  readonly pauseReason: string | null
  readonly reopenCount: number
  readonly late: boolean
  readonly unassigned: boolean
  readonly yours: boolean
  readonly mine: boolean
  readonly team: boolean
  readonly answer: boolean
}

export interface OpenCounts {
  readonly open: number
  readonly late: number
  readonly paused: number
  readonly pausedLong: number
  /** Those that need somebody for any reason but being due soon. */
  readonly needing: number
}

interface Reasons {
  readonly late: RawBuilder<boolean>
  readonly unassigned: RawBuilder<boolean>
  readonly yours: RawBuilder<boolean>
  readonly mine: RawBuilder<boolean>
  readonly team: RawBuilder<boolean>
  readonly answer: RawBuilder<boolean>
  readonly any: RawBuilder<boolean>
}

const never = sql<boolean>`false`

/** What makes an open incident somebody's, as conditions. Who holds it is the provider's affair: no column of it for others. */
function reasonsFor({ actor, now }: Context): Reasons {
  const inside = barredFromInside(actor) === null
  const late = sql<boolean>`coalesce(i.due_at < ${now}, false)`
  const unassigned = inside
    ? sql<boolean>`(i.priority <= 'p2' and i.assignee_id is null and i.state <> 'on-hold')`
    : never
  const yours =
    inside && actor.personId !== null
      ? sql<boolean>`(i.state = 'assigned' and i.assignee_id = ${actor.personId}::uuid)`
      : never
  const mine =
    inside && actor.personId !== null
      ? sql<boolean>`(i.state in ('in-progress', 'restored') and i.assignee_id = ${actor.personId}::uuid)`
      : never
  const team =
    inside && actor.personId !== null
      ? sql<boolean>`(i.state in ('new', 'assigned') and i.assignee_id is null and i.team_id = any(array(
          select team_id from team_member where person_id = ${actor.personId}::uuid)))`
      : never
  const answer = inside
    ? never
    : sql<boolean>`(i.state = 'on-hold' and i.pause_reason in ('awaiting-requester', 'awaiting-customer'))`
  const reopened = sql<boolean>`(i.reopen_count > 0 and i.state <> 'on-hold')`
  return {
    late,
    unassigned,
    yours,
    mine,
    team,
    answer,
    any: sql<boolean>`(${late} or ${unassigned} or ${yours} or ${mine} or ${team} or ${answer} or ${reopened})`,
  }
}

/** In the spelling of the partial indexes over what is open, so that the planner knows them again. */
const isOpen = sql<boolean>`i.state in ('new', 'assigned', 'in-progress', 'on-hold', 'restored')`

/** Rows of a table, by its alias, that are looked at. */
function within({ customerId, siteId, mine }: Scope, alias: 'i' | 'c' | 'm'): RawBuilder<boolean> {
  const customer = customerId === undefined ? sql`true` : sql`${sql.ref(`${alias}.customer_id`)} = ${customerId}::uuid`
  const site = siteId === undefined ? sql`true` : sql`${sql.ref(`${alias}.site_id`)} = ${siteId}::uuid`
  // Figures of a month are of everybody's work.
  const own = mine === undefined || alias === 'm' ? sql`true` : alias === 'i' ? heldBy(mine, 'i') : clockHeldBy(mine)
  return sql<boolean>`(${customer} and ${site} and ${own})`
}

function heldBy(personId: string, alias: string): RawBuilder<boolean> {
  return sql<boolean>`(${sql.ref(`${alias}.assignee_id`)} = ${personId}::uuid or ${sql.ref(`${alias}.assignee_id`)} is null
    and ${sql.ref(`${alias}.team_id`)} = any(array(select team_id from team_member where person_id = ${personId}::uuid)))`
}

function clockHeldBy(personId: string): RawBuilder<boolean> {
  return sql<boolean>`exists (select from incident held where held.id = c.incident_id and ${heldBy(personId, 'held')})`
}

/**
 * Everything that is open: how many of what, and the gravest ones that need somebody. Both are read from an index alone, of
 * which each column here is a part: a large company has a hundred thousand open.
 *
 * @param beyond How many lines were shown before: so many more are fetched, twice, for they are put in order afterwards.
 */
export async function readOpen(
  context: Context,
  scope: Scope,
  beyond = 0,
): Promise<{ counts: OpenCounts; items: OpenIncident[] }> {
  const { db, now } = context
  const { late, any } = reasonsFor(context)
  const threeDaysAgo = new Date(now.getTime() - 72 * HOUR_MS)
  const { rows } = await sql<OpenCounts & { readonly ids: readonly string[] | null }>`
    with needing as materialized (
      select i.id, i.priority, i.due_at, ${late} as late from incident i where ${isOpen} and ${within(scope, 'i')} and ${any}
    ), seen as (
      select count(*)::int as open, count(*) filter (where i.state = 'on-hold')::int as paused,
        count(*) filter (where i.state = 'on-hold' and i.updated_at < ${threeDaysAgo})::int as paused_long
      from incident i where ${isOpen} and ${within(scope, 'i')}
    )
    select seen.*, (select count(*)::int from needing where late) as late, (select count(*)::int from needing) as needing,
      (select array_agg(worst.id) from (
        select id from needing
        order by priority > 'p2', case when priority <= 'p2' then priority end, due_at nulls last, priority, id
        limit ${CANDIDATES + 2 * beyond}
      ) worst) as ids
    from seen`.execute(db)
  const { ids, ...counts } = rows[0]!
  return { counts, items: await readIncidents(context, ids ?? []) }
}

/** These incidents, as far as they are open and in sight. */
export async function readIncidents(context: Context, ids: readonly string[]): Promise<OpenIncident[]> {
  if (ids.length === 0) return []
  const { late, unassigned, yours, mine, team, answer } = reasonsFor(context)
  const { rows } = await sql<OpenIncident>`
    select i.id, i.number, i.title, i.state, i.priority, customer.name as customer, site.name as site, i.due_at, i.updated_at,
      i.pause_reason, i.reopen_count, ${late} as late, ${unassigned} as unassigned, ${yours} as yours,
      ${mine} as mine, ${team} as team, ${answer} as answer
    from incident i join customer on customer.id = i.customer_id left join site on site.id = i.site_id
    where i.id = any(${ids}::uuid[]) and ${isOpen}`.execute(context.db)
  return rows
}

/** A clock that has not stopped, brought to the present. */
export interface LiveClock extends ClockView {
  readonly incidentId: string
  readonly number: string
}

const clockColumns = sql.raw(
  'c.id, c.incident_id, c.number, c.metric, c.state, c.started_at, c.due_at, c.stopped_at, c.breached_at, c.target_ms, c.elapsed_ms, c.running_since, c.agreement_version_id, c.calendar_version_id',
)

type ClockRow = Parameters<typeof clockView>[0] & {
  readonly incidentId: string
  readonly number: string
  readonly agreementVersionId: string
}

/** Running clocks that run out between two moments, the next first; at most {@link NEXT_CLOCKS}. */
export async function readNextClocks(
  { db, now }: Context,
  scope: Scope,
  { from, to }: { readonly from: Date; readonly to: Date },
): Promise<LiveClock[]> {
  const { rows } = await sql<ClockRow>`
    select ${clockColumns} from clock c
    where c.state = 'running' and c.due_at >= ${from} and c.due_at < ${to} and ${within(scope, 'c')}
    order by c.due_at limit ${NEXT_CLOCKS}`.execute(db)
  return live(db, rows, now)
}

/** The clocks of these incidents that run. */
export async function readClocksOf({ db, now }: Context, ids: readonly string[]): Promise<LiveClock[]> {
  if (ids.length === 0) return []
  const { rows } = await sql<ClockRow>`
    select ${clockColumns} from clock c
    where c.incident_id = any(${ids}::uuid[]) and c.state in ('running', 'breached-running')`.execute(db)
  return live(db, rows, now)
}

async function live(db: Db, rows: readonly ClockRow[], now: Date): Promise<LiveClock[]> {
  const agreements = await agreementsOfClocks(db, rows)
  return rows.map((row) => ({
    ...clockView(row, agreements.of(row), now),
    incidentId: row.incidentId,
    number: row.number,
  }))
}

export interface Running {
  readonly running: number
  readonly dueInDay: number
}

export async function countRunning({ db, now }: Context, scope: Scope): Promise<Running> {
  const tomorrow = new Date(now.getTime() + 24 * HOUR_MS)
  // In the order of the index that has all it asks for: else the planner takes two others together, and reads every clock.
  const { rows } = await sql<Running>`
    select count(*)::int as running,
      count(*) filter (where due_at >= ${now} and due_at < ${tomorrow})::int as due_in_day
    from (select c.due_at from clock c where c.state = 'running' and ${within(scope, 'c')} order by c.due_at) running`.execute(
    db,
  )
  return rows[0]!
}

/** What was resolved within the last day; by customers, since that is how it is indexed. */
export async function countResolved({ db, now }: Context, scope: Scope): Promise<number> {
  const yesterday = new Date(now.getTime() - 24 * HOUR_MS)
  const { rows } = await sql<{ readonly resolved: number }>`
    select count(*)::int as resolved from incident i
    where i.customer_id = any(array(select id from customer)) and i.resolved_at >= ${yesterday} and ${within(scope, 'i')}`.execute(
    db,
  )
  return rows[0]!.resolved
}

/** Resolutions of a month, as `2026-11`: in time, and in all. */
export async function readMonth(
  { db }: Context,
  scope: Scope,
  month: string,
): Promise<{ met: number; measured: number }> {
  const { rows } = await sql<{ readonly met: number; readonly measured: number }>`
    select coalesce(sum(m.met), 0)::int as met, coalesce(sum(m.met + m.failed), 0)::int as measured
    from attainment_month m
    where m.metric = ${'resolution' satisfies Metric} and m.month = ${`${month}-01`}::date
      and ${within(scope, 'm')}`.execute(db)
  return rows[0]!
}
