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
  readonly part: 'whole' | 'wait' | 'team' | 'team-wait' | 'length'
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
  team: ['whole', 'wait', 'length', 'team', 'team-wait'],
  month: ['whole', 'wait', 'length'],
  service: ['whole', 'wait', 'length'],
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
    select (select json_agg(s) from (
        select part, ${sumKey(groupBy)} as key, waits_for as "waitsFor", duration_class as "durationClass",
          sum(incidents) as incidents, sum(handed_on) as "handedOn", sum(handed_on_twice) as "handedOnTwice",
          sum(ping_pong) as "pingPong", sum(handovers) as handovers, sum(working_ms) as "workingMs",
          sum(waiting_ms) as "waitingMs", sum(over_ms) as "overMs", sum(duration_ms) as "durationMs"
        from holding_sum where part = any(${parts[groupBy]}::text[]) and ${inSums(filter)} ${ofWhom(filter)}
        group by 1, 2, 3, 4) s) as sums,
      (select json_agg(l) from (
        select incident_id as id, ${looseKey(groupBy)} as key, json_build_object('parts', parts, 'handovers', handovers,
          'pingPong', ping_pong, 'last', extract(epoch from last_at) * 1000, 'durationMs', duration_ms, 'goesOn', goes_on) as held
        from (
          select * from holding where not settled and ${inPeriod(filter)} ${ofWhom(filter)}
          union all select * from holding where settled and ${inParts(filter)} ${ofWhom(filter)}) h
        union all
        select i.id, ${dueKey(groupBy)}, null
        from holding_due d join incident i on i.id = d.incident_id join customer c on c.id = i.customer_id
        where ${inPeriod(filter, sql`(i.opened_at at time zone c.time_zone)::date`)} ${ofWhom(filter, sql`i.`)}
        limit ${most}) l) as loose`.execute(db)
  const { sums, loose } = rows[0]!
  return { sums: sums ?? [], loose: loose ?? [] }
}

/** How long settled incidents took of these classes: of all groups, or of one. */
export async function readLengths(
  db: Db,
  filter: HandoverFilter,
  { groupBy, classes }: { readonly groupBy: HandoverGrouping; readonly classes: readonly LengthClass[] },
): Promise<readonly (LengthClass & { readonly lengths: readonly number[] })[]> {
  if (classes.length === 0) return []
  const { rows } = await sql<LengthClass & { lengths: number[] }>`
    with wanted as (select * from unnest(${classes.map(({ key }) => key)}::text[], ${classes.map(({ durationClass }) => durationClass)}::int[])
        as w(key, class)),
      found as materialized (select ${looseKey(groupBy)} as key, duration_class as class, duration_ms as length from holding h
        where settled and duration_class = any(array(select distinct class from wanted)) and ${inWholeMonths(filter)}
          ${ofWhom(filter)})
    select w.key, w.class as "durationClass", json_agg(f.length) as lengths
    from wanted w join found f on f.class = w.class and (w.key is null or w.key = f.key) group by 1, 2`.execute(db)
  return rows
}

/** Lengths of a class; of the group of that key, or of all where it is null. */
export interface LengthClass {
  readonly key: string | null
  readonly durationClass: number
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

function sumKey(groupBy: HandoverGrouping): RawBuilder<unknown> {
  return {
    team: sql`coalesce(team_id::text, '')`,
    service: sql`coalesce(service_id::text, '')`,
    month: sql`to_char(month, 'YYYY-MM')`,
  }[groupBy]
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

/** In the period and not in its whole months; anywhere in it for whom there are no sums. */
function inParts(filter: HandoverFilter): RawBuilder<boolean> {
  const { first, end } = wholeMonths(filter)
  return sql`${inPeriod(filter)} and ((select narrowed()) or opened_on < ${first} or opened_on >= ${end})`
}
