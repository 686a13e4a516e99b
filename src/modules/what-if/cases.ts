import { type RawBuilder, sql } from 'kysely'
import { counting, isUntold } from '#platform/confidential.ts'
import type { Context } from '#platform/context.ts'
import { keyOf, pageFrom } from '#platform/paging.ts'
import type { WhatIfCase, WhatIfCasesQuery } from './api.ts'
import { getWhatIf } from './queries.ts'

interface Row extends Omit<WhatIfCase, 'elapsedSeconds'> {
  readonly key: string
  readonly elapsedMs: number | null
  readonly stoppedKey: string
}

/**
 * The results under a figure of a what-if, the latest first. Of a clock that comes out differently it is what was counted
 * then; all others are as they are told now, so that `total` may differ from the figure when something was changed since. The
 * last page ends with what is counted and whoever asks must not know of: of each what was counted and no more.
 */
export async function listWhatIfCases(
  context: Context,
  id: string,
  { side, metric, month, priority, verdict, limit, cursor }: WhatIfCasesQuery,
): Promise<{ items: WhatIfCase[]; total: number; nextCursor: string | null }> {
  const { customer, from, to, state } = await getWhatIf(context, id)
  if (state !== 'done') return { items: [], total: 0, nextCursor: null }
  const after = keyOf(cursor, ['moment', 'id'])
  const told = metric === 'fulfilment' ? toldOrders(id, context.actor.language) : toldClocks(id, metric)
  const cases = sql`
    select * from (
      select each.*, to_char(each."stoppedAt" at time zone u.time_zone, 'YYYY-MM') as month
      from (${told} union all ${differing(id, side, metric, context.actor.language)}) each
        join customer u on u.id = each."customerId"
      where each."customerId" = ${customer.id}
        and each."stoppedAt" >= ${from}::date::timestamp at time zone u.time_zone
        and each."stoppedAt" < ${to}::date::timestamp at time zone u.time_zone
    ) counted
    where verdict is not null
      ${month === undefined ? sql`` : sql`and month = ${month}`}
      ${priority === undefined ? sql`` : sql`and priority = ${priority}`}
      ${verdict === undefined ? sql`` : sql`and verdict = ${verdict}`}`
  const { rows } = await sql<Row>`
    select cases.*, cases."stoppedAt"::text as "stoppedKey" from (${cases}) cases
    ${after === undefined ? sql`` : sql`where ("stoppedAt", key) < (${after[0]}::timestamptz, ${after[1]}::uuid)`}
    order by "stoppedAt" desc, key desc limit ${limit + 1}`.execute(context.db)
  const page = pageFrom(rows, limit, ({ stoppedKey, key }) => [stoppedKey, key])
  const isLast = page.nextCursor === null
  const counted = await counting(context.db, async () => ({
    all: await sql<{ readonly total: number }>`select count(*)::int as total from (${cases}) cases`.execute(context.db),
    untold: isLast
      ? await sql<Row>`select * from (${cases}) cases where ${isUntold(sql`"incidentId"`)}
          order by "elapsedMs" desc`.execute(context.db)
      : null,
  }))
  return {
    items: [...page.items, ...(counted.untold?.rows.map(untoldCase) ?? [])].map(caseView),
    total: counted.all.rows[0]!.total,
    nextCursor: page.nextCursor,
  }
}

/** What was counted of an incident that few may know of. */
function untoldCase(row: Row): Row {
  return { ...row, incidentId: null, number: null, title: null, stoppedAt: null, position: null }
}

/** Clocks that the trial left as they are told: of a locked month with its last adjustment. */
function toldClocks(id: string, metric: string): RawBuilder<unknown> {
  return sql`
    select c.id as key, c.customer_id as "customerId", c.incident_id as "incidentId", null::uuid as "requestId",
      i.number, i.title, c.metric, c.priority::text as priority, null::integer as position, told.*
    from clock c join incident i on i.id = c.incident_id join customer z on z.id = c.customer_id
      left join lateral (
        select a.after from adjustment a where a.clock_id = c.id
          and a.month = date_trunc('month', c.stopped_at at time zone z.time_zone)::date
          and exists (select from period p where p.customer_id = a.customer_id and p.month = a.month and p.state = 'locked')
        order by a.created_at desc, a.id desc limit 1
      ) adjusted on true
      cross join lateral ${resultOf(sql`case when adjusted is null then jsonb_build_object('state', c.state, 'stoppedAt', c.stopped_at,
        'elapsedMs', c.elapsed_ms, 'excluded', c.exclusion is not null) else adjusted.after end`)} told
    where c.metric = ${metric} and c.stopped_at is not null and c.customer_id = (select w.customer_id from what_if w where w.id = ${id})
      and not exists (select from what_if_difference d
        where d.incident_id = c.incident_id and d.metric = c.metric and d.what_if_id = ${id})`
}

function toldOrders(id: string, language: string): RawBuilder<unknown> {
  return sql`
    select r.id as key, t.customer_id as "customerId", null::uuid as "incidentId", r.id as "requestId", r.number,
      ${nameOfOrder(language)} as title, 'fulfilment' as metric, null::text as priority, null::integer as position,
      t.delivered_at as "stoppedAt", null::float8 as "elapsedMs",
      case when t.excluded then 'excluded' when t.fulfilment_met then 'met' else 'failed' end as verdict
    from delivery_told t join request r on r.id = t.request_id
    where t.attainment_bp is not null and t.customer_id = (select w.customer_id from what_if w where w.id = ${id})
      and not exists (select from what_if_difference d where d.request_id = r.id and d.what_if_id = ${id})`
}

/** Those that come out differently, as they were or as they would be. */
function differing(id: string, side: 'before' | 'after', metric: string, language: string): RawBuilder<unknown> {
  return sql`
    select coalesce(d.clock_id, d.request_id, d.incident_id) as key, d.customer_id as "customerId",
      d.incident_id as "incidentId", d.request_id as "requestId", d.number, coalesce(i.title, ${nameOfOrder(language)}, '') as title,
      d.metric, d.priority::text as priority, d.position, told.*
    from what_if_difference d left join incident i on i.id = d.incident_id left join request r on r.id = d.request_id
      cross join lateral ${resultOf(sql.ref(`d.${side}`))} told
    where d.what_if_id = ${id} and d.metric = ${metric}`
}

function nameOfOrder(language: string): RawBuilder<unknown> {
  return sql`coalesce(r.name->>${language}, r.name->>'en', r.name->>'de')`
}

/** When a result (`Result` of service levels) ended, what it counted, and its verdict; null while it runs. */
function resultOf(result: RawBuilder<unknown>): RawBuilder<unknown> {
  return sql`(
    select (told->>'stoppedAt')::timestamptz as "stoppedAt", (told->>'elapsedMs')::float8 as "elapsedMs",
      case when told->>'state' not in ('met', 'breached-stopped') then null when (told->>'excluded')::boolean then 'excluded'
        when told->>'state' = 'met' then 'met' else 'failed' end as verdict
    from (select ${result} as told) told
  )`
}

function caseView({
  incidentId,
  requestId,
  number,
  title,
  metric,
  priority,
  month,
  verdict,
  stoppedAt,
  elapsedMs,
  position,
}: Row): WhatIfCase {
  const elapsedSeconds = elapsedMs === null ? null : elapsedMs / 1000
  return { incidentId, requestId, number, title, metric, priority, month, verdict, stoppedAt, elapsedSeconds, position }
}
