import { type RawBuilder, sql } from 'kysely'
import type { Db } from '#platform/context.ts'
import type { HandoverGrouping } from './handover-grouping.ts'
import { readHoldingFacts } from './handover-histories.ts'
import { type Held, heldOf } from './held.ts'

/** Which incidents are looked at; days are the customer's own, `to` is the day after the last. */
export interface HandoverFilter {
  readonly customerId?: string | undefined
  readonly site?: string | undefined
  readonly from?: string | undefined
  readonly to?: string | undefined
}

/** Settled incidents added up (`holding_sum`); `key` is that of their group, empty for what all of them have together. */
export interface HoldingSum {
  readonly part: 'whole' | 'wait' | 'team' | 'team-wait' | 'length' | 'service-length'
  readonly key: string
  readonly waitsFor: string | null
  readonly durationClass: number | null
  readonly incidents: number
  readonly handedOn: number
  readonly handedOnTwice: number
  readonly pingPong: number
  readonly handovers: number
  readonly workingMs: number
  readonly waitingMs: number
  readonly overMs: number
  readonly durationMs: number
}

/** An incident that is in no sum that is read; `held` null: it is still to be counted. */
export interface LooseHolding {
  readonly id: string
  /** Of its group; empty by team. */
  readonly key: string
  readonly held: Held | null
}

const parts: Readonly<Record<HandoverGrouping, readonly string[]>> = {
  team: ['whole', 'wait', 'team', 'team-wait', 'length'],
  month: ['whole', 'wait', 'length'],
  service: ['whole', 'wait', 'service-length'],
}

/**
 * Everything that a report on these incidents is made of, as of one moment: sums of whole months of opening, and one by one
 * what is open, was changed lately or was opened in a part of a month. Whoever sees parts of a customer reads no sums.
 *
 * @param most Rows of what is read one by one; there may be more.
 */
export async function readHoldings(
  db: Db,
  filter: HandoverFilter,
  { groupBy, most }: { readonly groupBy: HandoverGrouping; readonly most: number },
): Promise<{ readonly sums: readonly HoldingSum[]; readonly loose: readonly LooseHolding[] }> {
  const { rows } = await sql<{ sums: readonly HoldingSum[] | null; loose: readonly LooseHolding[] | null }>`
    select (select json_agg(s) from (${sumsOf(filter, groupBy)}) s) as sums,
      (select json_agg(l) from (
        select incident_id as id, ${looseKey(groupBy)} as key, json_build_object('parts', parts, 'handovers', handovers,
          'pingPong', ping_pong, 'last', extract(epoch from last_at) * 1000, 'durationMs', duration_ms, 'goesOn', goes_on) as held
        from (${looseOf(filter)}) h
        union all
        select i.id, ${dueKey(groupBy)}, null
        from holding_due d join incident i on i.id = d.incident_id join customer c on c.id = i.customer_id
        where ${inPeriod(filter, sql`(i.opened_at at time zone c.time_zone)::date`)} ${ofWhom(filter, sql`i.`)}
        limit ${most}) l) as loose`.execute(db)
  const { sums, loose } = rows[0]!
  return { sums: sums ?? [], loose: loose ?? [] }
}

/** A place among the lengths of a class; of the group of that key, or of all where it is null. */
export interface LengthPlace {
  readonly key: string | null
  readonly durationClass: number
  /** From zero, the shortest first. */
  readonly nth: number
  /** Lengths of the class that are in no sum. */
  readonly loose: readonly number[]
}

/** What is at such a place, and among how many. */
export interface LengthFound extends Omit<LengthPlace, 'loose'> {
  readonly length: number
  readonly count: number
}

/**
 * The lengths at these places, among those in sums and those that are given. Of a class those of the same minute are counted
 * first: only a few are put in order. Each list is made once, however many places ask for it.
 */
export async function readLengths(
  db: Db,
  filter: HandoverFilter,
  { groupBy, places }: { readonly groupBy: HandoverGrouping; readonly places: readonly LengthPlace[] },
): Promise<readonly LengthFound[]> {
  if (places.length === 0) return []
  const settled = sql`holding h where settled and duration_class = any(array(select distinct class from place))
    and ${inWholeMonths(filter)} ${ofWhom(filter)}`
  const given = places.map(({ durationClass, ...place }) => ({ ...place, class: durationClass }))
  const { rows } = await sql<LengthFound>`
    with place as (select * from jsonb_to_recordset(${JSON.stringify(given)}::jsonb) as p(key text, class int, nth int, loose jsonb)),
      minutes as materialized (
        select ${looseKey(groupBy)} as key, duration_class as class, duration_ms / 60000 as minute, count(*) as count
        from ${settled} group by 1, 2, 3),
      counted as (
        select key, class, nth, minute, sum(count) as count from (
          select p.key, p.class, p.nth, m.minute, m.count from place p
          join minutes m on m.class = p.class and (p.key is null or m.key = p.key)
          union all
          select p.key, p.class, p.nth, value::bigint / 60000, 1 from place p, jsonb_array_elements_text(p.loose)) both_kinds
        group by 1, 2, 3, 4),
      chosen as materialized (
        select * from (
          select key, class, nth, minute, count, sum(count) over (partition by key, class, nth) as whole,
            sum(count) over (partition by key, class, nth order by minute) - count as before from counted) ranked
        where nth >= before and nth < before + count),
      lengths as materialized (
        select c.key, c.class, c.nth, l.length from chosen c join (
          select ${looseKey(groupBy)} as key, duration_class as class, duration_ms as length
          from ${settled} and duration_ms / 60000 = any(array(select minute from chosen))) l
          on l.class = c.class and l.length / 60000 = c.minute and (c.key is null or l.key = c.key)
        union all
        select c.key, c.class, c.nth, value::bigint from chosen c
        join place p on p.class = c.class and p.nth = c.nth and p.key is not distinct from c.key, jsonb_array_elements_text(p.loose)
        where value::bigint / 60000 = c.minute)
    select c.key, c.class as "durationClass", c.nth, c.whole::int as count, (
      select l.length from lengths l where l.class = c.class and l.nth = c.nth and l.key is not distinct from c.key
      order by l.length offset c.nth - c.before limit 1) as length
    from chosen c`.execute(db)
  return rows
}

/** Counted from their histories together. */
const BATCH = 2000

/** What is still to be counted, from its history. */
export async function* countDue(db: Db, due: readonly LooseHolding[]): AsyncGenerator<LooseHolding & { held: Held }> {
  for (let start = 0; start < due.length; start += BATCH) {
    const batch = due.slice(start, start + BATCH)
    const histories = await readHoldingFacts(
      db,
      batch.map(({ id }) => id),
    )
    for (const each of batch) yield { ...each, held: heldOf(histories.get(each.id) ?? []) }
  }
}

/**
 * Lengths are added up for whole customers; of one site they are counted from its incidents.
 */
function sumsOf(filter: HandoverFilter, groupBy: HandoverGrouping): RawBuilder<unknown> {
  const key = {
    team: sql`coalesce(team_id::text, '')`,
    service: sql`coalesce(service_id::text, '')`,
    month: sql`to_char(month, 'YYYY-MM')`,
  }[groupBy]
  const added = sql`
    select part, ${key} as key, waits_for as "waitsFor", duration_class as "durationClass",
      sum(incidents) as incidents, sum(handed_on) as "handedOn", sum(handed_on_twice) as "handedOnTwice",
      sum(ping_pong) as "pingPong", sum(handovers) as handovers, sum(working_ms) as "workingMs",
      sum(waiting_ms) as "waitingMs", sum(over_ms) as "overMs", sum(duration_ms) as "durationMs"
    from holding_sum where part = any(${parts[groupBy]}::text[]) and ${inSums(filter)} ${ofWhom(filter)}
    group by 1, 2, 3, 4`
  if (filter.site === undefined) return added
  return sql`${added}
    union all
    select 'length', ${looseKey(groupBy)}, null, duration_class, count(*), 0, 0, 0, 0, 0, 0, 0, 0
    from holding h where settled and ${inWholeMonths(filter)} ${ofWhom(filter)} group by 2, 4`
}

/** What is in no sum that is read: not settled, in a part of a month, or anything where no sums are read. */
function looseOf(filter: HandoverFilter): RawBuilder<unknown> {
  const { first, end } = wholeMonths(filter)
  const settled = (where: RawBuilder<unknown>) =>
    sql`union all select * from holding where settled and ${inPeriod(filter)} and ${where} ${ofWhom(filter)}`
  return sql`
    select * from holding where not settled and ${inPeriod(filter)} ${ofWhom(filter)}
    ${settled(sql`(select narrowed())`)}
    ${isFirst(filter.from) ? sql`` : settled(sql`(select not narrowed()) and opened_on < ${first}`)}
    ${isFirst(filter.to) ? sql`` : settled(sql`(select not narrowed()) and opened_on >= greatest(${first}, ${end})`)}`
}

/** Whether a period begins or ends with a month, or with nothing. */
function isFirst(day: string | undefined): boolean {
  return day === undefined || day.endsWith('-01')
}

function looseKey(groupBy: HandoverGrouping): RawBuilder<unknown> {
  return {
    team: sql`''`,
    service: sql`coalesce(h.service_id::text, '')`,
    month: sql`to_char(h.opened_on, 'YYYY-MM')`,
  }[groupBy]
}

function dueKey(groupBy: HandoverGrouping): RawBuilder<unknown> {
  return {
    team: sql`''`,
    service: sql`coalesce(i.service_id::text, '')`,
    month: sql`to_char(i.opened_at at time zone c.time_zone, 'YYYY-MM')`,
  }[groupBy]
}

function ofWhom({ customerId, site }: HandoverFilter, of = sql``): RawBuilder<unknown> {
  return sql`${customerId === undefined ? sql`` : sql`and ${of}customer_id = ${customerId}`}
    ${site === undefined ? sql`` : sql`and ${of}site_id = ${site}::uuid`}`
}

function inPeriod({ from, to }: HandoverFilter, day = sql`opened_on`): RawBuilder<boolean> {
  return sql`true ${from === undefined ? sql`` : sql`and ${day} >= ${from}::date`}
    ${to === undefined ? sql`` : sql`and ${day} < ${to}::date`}`
}

/** The whole months of a period, both given by their first day: from the first to before the second. */
function wholeMonths({ from = '-infinity', to = 'infinity' }: HandoverFilter) {
  return {
    first: sql`case when isfinite(${from}::date) then (date_trunc('month', ${from}::date + interval '1 month' - interval '1 day'))::date
      else ${from}::date end`,
    end: sql`case when isfinite(${to}::date) then date_trunc('month', ${to}::date)::date else ${to}::date end`,
  }
}

function inSums(filter: HandoverFilter): RawBuilder<boolean> {
  const { first, end } = wholeMonths(filter)
  return sql`(select not narrowed()) and month >= ${first} and month < ${end}`
}

function inWholeMonths(filter: HandoverFilter): RawBuilder<boolean> {
  const { first, end } = wholeMonths(filter)
  return sql`(select not narrowed()) and h.opened_on >= ${first} and h.opened_on < ${end}`
}
