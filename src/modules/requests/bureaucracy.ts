import { sql } from 'kysely'
import { require } from '#core/may.ts'
import { requireCustomer } from '#modules/customers'
import type { Context, Db } from '#platform/context.ts'
import { assumedSeconds, type Bureaucracy } from './api-bureaucracy.ts'
import { barredFromAnalysing } from './may.ts'

interface Scope {
  /** Null: all in sight. */
  readonly customerId: string | null
  readonly from: Date
  readonly to: Date
  /** By what hours of the period become hours of a year. */
  readonly perYear: number
}

/** What forms, approvals, hand-offs and vain searches cost, counted from the rows in sight of whoever asks. */
export async function reportBureaucracy(
  { db, actor, now }: Context,
  { customer, months }: { readonly customer?: string | undefined; readonly months: number },
): Promise<Bureaucracy> {
  require(barredFromAnalysing(actor))
  const customerId = customer === undefined ? null : (await requireCustomer(db, customer)).id
  const from = new Date(now)
  from.setUTCMonth(from.getUTCMonth() - months)
  const scope = { customerId, from, to: now, perYear: 12 / months }
  const { rows } = await sql<{ count: number }>`select count(*) as count from request r
    where ${inScope('r', scope)} and r.ordered_at >= ${from} and r.state <> 'draft'`.execute(db)
  return {
    from: from.toISOString().slice(0, 10),
    to: now.toISOString().slice(0, 10),
    requests: rows[0]!.count,
    assumed: { ...assumedSeconds },
    fields: await fieldCosts(db, scope),
    approvals: await approvalCosts(db, scope),
    handOffs: await handOffCosts(db, scope),
    searches: await searchCosts(db, scope),
  }
}

function inScope(table: string, { customerId }: Scope) {
  return customerId === null ? sql`true` : sql`${sql.ref(`${table}.customer_id`)} = ${customerId}::uuid`
}

const SECONDS_PER_HOUR = 3600

/** The fields of what is on offer: how often each was filled in, and how often somebody needed it. */
async function fieldCosts(db: Db, scope: Scope): Promise<Bureaucracy['fields']> {
  const { rows } = await sql<{
    id: string
    name: Bureaucracy['fields'][number]['item']['name']
    key: string
    label: Bureaucracy['fields'][number]['label']
    purpose: Bureaucracy['fields'][number]['purpose']
    filled: number
    used: number
    lastUsedAt: Date | null
  }>`
    with answered as (
      select r.item_id, answer ->> 'key' as key, r.id from request r, jsonb_array_elements(r.answers) answer
      where r.ordered_at >= ${scope.from} and r.state <> 'draft' and ${inScope('r', scope)}
    )
    select i.id, v.name, asked ->> 'key' as key, asked -> 'label' as label, asked -> 'purpose' as purpose,
      count(a.id) as filled, count(u.request_id) as used, max(u.used_at) as last_used_at
    from catalogue_item i
      join catalogue_item_version v on v.item_id = i.id and v.number = i.edition
      cross join jsonb_array_elements(v.fields) with ordinality as f(asked, position)
      left join answered a on a.item_id = i.id and a.key = asked ->> 'key'
      left join request_answer_use u on u.request_id = a.id and u.field = a.key
    where i.state = 'published'
    group by i.id, v.name, asked, position
    having count(a.id) > 0
    order by count(a.id) - count(u.request_id) desc, i.id, position`.execute(db)
  return rows.map(({ id, name, lastUsedAt, filled, used, ...field }) => ({
    ...field,
    item: { id, name },
    filled,
    used,
    lastUsedAt: lastUsedAt?.toISOString() ?? null,
    hours: perYear(scope, (filled - used) * assumedSeconds.field),
  }))
}

/** So many of the last decisions tell what a step is worth. */
const LATELY = 200

/** The steps that people were asked in: what was decided, how long it took, and what share of all the time that was. */
async function approvalCosts(db: Db, scope: Scope): Promise<Bureaucracy['approvals']> {
  const { rows } = await sql<{
    id: string
    name: Bureaucracy['approvals'][number]['item']['name']
    level: number
    by: string
    person: Bureaucracy['approvals'][number]['person']
    approved: number
    of: number
    medianMs: number
    waitedMs: number
    decided: number
    waitedOfDeliveredMs: number
    leadMs: number | null
  }>`
    with decided as (
      select a.*, row_number() over (partition by a.item_id, a.level order by a.decided_at desc) as nth,
        r.ordered_at, r.delivered_at
      from request_approval a join request r on r.id = a.request_id
      where a.decided_at >= ${scope.from} and ${inScope('a', scope)}
    )
    select i.id, v.name, d.level, (array_agg(d.by order by d.nth))[1] as by,
      (select json_build_object('id', p.id, 'name', p.name) from person p
        where p.id = (array_agg(d.person_id order by d.nth))[1]) as person,
      count(*) filter (where d.nth <= ${LATELY} and d.state = 'approved') as approved,
      count(*) filter (where d.nth <= ${LATELY}) as of,
      percentile_cont(0.5) within group (order by d.wait_ms) as median_ms,
      sum(d.wait_ms)::bigint as waited_ms, count(*) as decided,
      coalesce(sum(d.wait_ms) filter (where d.delivered_at is not null), 0)::bigint as waited_of_delivered_ms,
      sum(extract(epoch from d.delivered_at - d.ordered_at) * 1000)::bigint as lead_ms
    from decided d
      join catalogue_item i on i.id = d.item_id
      join catalogue_item_version v on v.item_id = i.id and v.number = i.edition
    group by i.id, v.name, d.level
    order by sum(d.wait_ms) desc, i.id, d.level`.execute(db)
  return rows.map(({ id, name, level, by, person, approved, of, medianMs, waitedMs, decided, ...lead }) => ({
    item: { id, name },
    level,
    by,
    person,
    approved,
    of,
    waitHours: hoursOf(medianMs / 1000),
    shareOfLeadTime:
      lead.leadMs === null || lead.leadMs <= 0
        ? null
        : {
            numerator: Math.round(lead.waitedOfDeliveredMs / 1000),
            denominator: Math.round(lead.leadMs / 1000),
          },
    hours: perYear(scope, waitedMs / 1000 + decided * assumedSeconds.decision),
  }))
}

/** The tasks that were handed on: how long each lay until somebody took it, and how often nothing was added. */
async function handOffCosts(db: Db, scope: Scope): Promise<Bureaucracy['handOffs']> {
  const { rows } = await sql<{
    id: string
    name: Bureaucracy['handOffs'][number]['item']['name']
    position: number
    title: Bureaucracy['handOffs'][number]['title']
    team: Bureaucracy['handOffs'][number]['team']
    done: number
    empty: number
    medianSeconds: number
    emptySeconds: number
  }>`
    with worked as (
      select t.*, extract(epoch from t.started_at - t.opened_at) as lay,
        (coalesce(t.result, '') = '' and not exists (select from request_answer_use u
          where u.request_id = t.request_id and u.field = any(t.uses))) as is_empty
      from request_task t
      where t.kind = 'people' and t.state = 'done' and t.stage > 1 and t.done_at >= ${scope.from} and ${inScope('t', scope)}
    )
    select i.id, v.name, w.position, (array_agg(w.title order by w.done_at desc))[1] as title,
      (select json_build_object('id', team.id, 'name', team.name) from team
        where team.id = (array_agg(w.team_id order by w.done_at desc))[1]) as team,
      count(*) as done, count(*) filter (where w.is_empty) as empty,
      percentile_cont(0.5) within group (order by w.lay) as median_seconds,
      coalesce(sum(w.lay) filter (where w.is_empty), 0)::bigint as empty_seconds
    from worked w
      join catalogue_item i on i.id = w.item_id
      join catalogue_item_version v on v.item_id = i.id and v.number = i.edition
    group by i.id, v.name, w.position
    order by coalesce(sum(w.lay) filter (where w.is_empty), 0) desc, i.id, w.position`.execute(db)
  return rows.map(({ id, name, medianSeconds, emptySeconds, ...handOff }) => ({
    ...handOff,
    item: { id, name },
    waitHours: hoursOf(medianSeconds),
    hours: perYear(scope, emptySeconds),
  }))
}

/** Words that were looked for less often than this could tell who it was. */
const SHOWN_FROM = 3
const SHOWN_AT_MOST = 50

async function searchCosts(db: Db, scope: Scope): Promise<Bureaucracy['searches']> {
  const { rows } = await sql<{ searches: number; withoutResult: number }>`
    select coalesce(sum(s.searches), 0)::int as searches, coalesce(sum(s.without_result), 0)::int as without_result
    from portal_search s where s.day >= ${scope.from} and ${inScope('s', scope)}`.execute(db)
  const { rows: words } = await sql<{ words: string; times: number; lastDay: string }>`
    select m.words, sum(m.times)::int as times, max(m.day)::text as last_day
    from portal_search_miss m where m.day >= ${scope.from} and ${inScope('m', scope)}
    group by m.words order by 2 desc, 3 desc, 1`.execute(db)
  const { searches, withoutResult } = rows[0]!
  const shown = words.filter(({ times }) => times >= SHOWN_FROM).slice(0, SHOWN_AT_MOST)
  return {
    searches,
    withoutResult,
    hours: perYear(scope, withoutResult * assumedSeconds.search),
    words: shown,
    rare: words.reduce((sum, { times }) => sum + times, 0) - shown.reduce((sum, { times }) => sum + times, 0),
  }
}

/** To a tenth. */
function hoursOf(seconds: number): number {
  return Math.round(seconds / (SECONDS_PER_HOUR / 10)) / 10
}

function perYear({ perYear: factor }: Scope, seconds: number): number {
  return hoursOf(seconds * factor)
}
