import { CompiledQuery } from 'kysely'
import type { PoolClient } from 'pg'
import { newId } from '#core/id.ts'
import { localAt } from '#core/zone.ts'
import type { Db } from '#platform/context.ts'
import { type ClockRow, isUnchanged } from './clock-row.ts'
import { isSameResult, type Result, settle, type Settlement, verdictOf } from './settlement.ts'

/** Asks the database with `$1` placeholders: within a transaction of the query builder, or on a connection of one's own. */
export type Ask = <Row>(text: string, values: readonly unknown[]) => Promise<readonly Row[]>

export function askOf(db: Db): Ask {
  const plain = db.withoutPlugins()
  return async <Row>(text: string, values: readonly unknown[]) =>
    (await plain.executeQuery(CompiledQuery.raw(text, [...values]))).rows as Row[]
}

export function askClient(client: PoolClient): Ask {
  return async <Row>(text: string, values: readonly unknown[]) => (await client.query(text, [...values])).rows as Row[]
}

/** A clock as it is stored, as far as what replaces it must know. */
export interface KeptClock {
  readonly id: string
  readonly incidentId: string
  readonly customerId: string
  readonly number: string
  readonly metric: string
  readonly priority: string
  readonly siteId: string | null
  readonly serviceId: string | null
  readonly teamId: string | null
  readonly agreementVersionId: string
  readonly state: string
  readonly targetId: string
  readonly elapsedMs: number
  readonly startedAt: Date | null
  readonly dueAt: Date | null
  readonly stoppedAt: Date | null
  readonly targetMs: number
  readonly round: number
  readonly toldBp: number
  readonly attachedAt: Date | null
  readonly gapsMet: number | null
  readonly gapsFailed: number | null
  /** JSON. */
  readonly exclusion: string | null
}

/** A clock before and after it was counted anew, where that differs; null where there was or is none. */
export interface ClockChange extends Settlement {
  readonly before: KeptClock | null
  readonly after: ClockRow | null
  readonly was: Result | null
  readonly is: Result | null
  /** The month (`YYYY-MM`) of the customer in which the result counts, or counted; null while the clock runs. */
  readonly month: string | null
}

/** The clocks of these incidents, locked, since what is told of a clock is written down by somebody else. */
export function lockClocks(ask: Ask, incidentIds: readonly string[]): Promise<readonly KeptClock[]> {
  return readClocks(ask, incidentIds, 'for update')
}

export async function readClocks(
  ask: Ask,
  incidentIds: readonly string[],
  locking: 'for update' | '' = '',
): Promise<readonly KeptClock[]> {
  if (incidentIds.length === 0) return []
  return ask<KeptClock>(
    `select id, incident_id as "incidentId", customer_id as "customerId", number, metric, priority, site_id as "siteId",
       service_id as "serviceId", team_id as "teamId", agreement_version_id as "agreementVersionId", state,
       target_id as "targetId", elapsed_ms as "elapsedMs", started_at as "startedAt", due_at as "dueAt",
       stopped_at as "stoppedAt", target_ms as "targetMs", round, told_bp as "toldBp", attached_at as "attachedAt", gaps_met as "gapsMet",
       gaps_failed as "gapsFailed", exclusion::text
     from clock where incident_id = any($1::uuid[]) order by id ${locking}`,
    [incidentIds],
  )
}

/**
 * Of these incidents, those of whose clocks each came out as it is stored. Most of a recomputation: so little is read of
 * them, and nothing is locked, for nothing will be written.
 */
export async function unchangedIncidents(
  ask: Ask,
  incidentIds: readonly string[],
  rows: readonly ClockRow[],
): Promise<ReadonlySet<string>> {
  if (incidentIds.length === 0) return new Set()
  const stored = await ask<StoredResult>(
    `select incident_id as "incidentId", metric, state, target_id as "targetId", elapsed_ms as "elapsedMs",
       gaps_met as "gapsMet", gaps_failed as "gapsFailed", date_part('epoch', stopped_at) * 1000 as stopped from clock where incident_id = any($1::uuid[])`,
    [incidentIds],
  )
  const counted = new Map(rows.map((row) => [`${row.incidentId} ${row.metric}`, row]))
  const same = new Set(incidentIds)
  for (const { incidentId, metric, stopped, ...result } of stored) {
    const key = `${incidentId} ${metric}`
    const row = counted.get(key)
    counted.delete(key)
    const stoppedAt = stopped === null ? null : new Date(Math.round(stopped))
    if (row === undefined || !isUnchanged({ ...result, stoppedAt }, row)) same.delete(incidentId)
  }
  for (const { incidentId } of counted.values()) same.delete(incidentId)
  return same
}

interface StoredResult {
  readonly incidentId: string
  readonly metric: string
  readonly state: string
  readonly targetId: string
  readonly elapsedMs: number
  readonly gapsMet: number | null
  readonly gapsFailed: number | null
  /** Epoch milliseconds. */
  readonly stopped: number | null
}

/** What differs between clocks as they are stored and as they are counted, and what is to become of it. */
export async function settleClocks(
  ask: Ask,
  before: readonly KeptClock[],
  rows: readonly ClockRow[],
): Promise<ClockChange[]> {
  const pairs = pairsOf(before, rows)
  if (pairs.length === 0) return []
  // What runs before and after counts in no month: most of what happens on the desk.
  const measured = pairs.filter(({ before: one, after: other }) => one?.stoppedAt || other?.stoppedAt)
  const monthOf = await monthsOf(ask, [...new Set(measured.map((pair) => (pair.before ?? pair.after)!.customerId))])
  const told = pairs.flatMap((pair) => (pair.before !== null && monthOf.anyLocked ? [pair.before.id] : []))
  const known = await lastAdjusted(ask, told)
  return pairs.flatMap(({ before: one, after: other }): ClockChange[] => {
    const was = one === null ? null : resultOf(one, one.exclusion !== null)
    const { customerId } = (one ?? other)!
    // What was adjusted about another month was about another result: it was reopened since.
    const toldIn = verdictOf(was) === null ? null : monthOf.month(customerId, was!.stoppedAt!)
    const last = one === null ? undefined : known.get(`${one.id} ${toldIn}`)
    // What was excluded after its month was locked is so by its adjustment.
    const excluded = one !== null && (one.exclusion !== null || last?.excluded === true)
    const is = other === null ? null : resultOf(other, excluded)
    const settlement = settle(was, is, last, (moment) => monthOf.locked(customerId, moment))
    if (!settlement.stored && settlement.adjustment === null) return []
    const counted = verdictOf(is) === null ? was : is
    const month = verdictOf(counted) === null ? null : monthOf.month(customerId, counted!.stoppedAt!)
    return [{ before: one, after: other, was, is, month, ...settlement }]
  })
}

function pairsOf(before: readonly KeptClock[], rows: readonly ClockRow[]) {
  const keyOf = ({ incidentId, metric }: { readonly incidentId: string; readonly metric: string }) =>
    `${incidentId} ${metric}`
  const stored = new Map(before.map((each) => [keyOf(each), each]))
  const pairs: { readonly before: KeptClock | null; readonly after: ClockRow | null }[] = []
  for (const after of rows) {
    const was = stored.get(keyOf(after)) ?? null
    stored.delete(keyOf(after))
    if (was === null || !isUnchanged(was, after)) pairs.push({ before: was, after })
  }
  for (const gone of stored.values()) pairs.push({ before: gone, after: null })
  return pairs
}

interface Timed {
  readonly state: string
  readonly startedAt: Date | null
  readonly dueAt: Date | null
  readonly stoppedAt: Date | null
  readonly targetMs: number
  readonly elapsedMs: number
}

export function resultOf(
  { state, startedAt, dueAt, stoppedAt, targetMs, elapsedMs }: Timed,
  excluded: boolean,
): Result {
  return {
    state,
    startedAt: startedAt?.toISOString() ?? null,
    dueAt: dueAt?.toISOString() ?? null,
    stoppedAt: stoppedAt?.toISOString() ?? null,
    targetMs,
    elapsedMs,
    excluded,
  }
}

interface PeriodRow {
  readonly customerId: string
  readonly zone: string
  readonly months: readonly string[]
}

/**
 * Customers' months and which of them are locked. One that might be locked meanwhile is held until the transaction ends:
 * who locks it waits for what still goes into it.
 */
export async function monthsOf(ask: Ask, customerIds: readonly string[]) {
  if (customerIds.length > 0)
    await ask(`select from period where customer_id = any($1::uuid[]) and state = 'soft-closed' for share`, [
      customerIds,
    ])
  const rows =
    customerIds.length === 0
      ? []
      : await ask<PeriodRow>(
          `select u.id as "customerId", u.time_zone as zone,
       coalesce((select array_agg(to_char(p.month, 'YYYY-MM')) from period p where p.customer_id = u.id and p.state = 'locked'), '{}') as months
     from customer u where u.id = any($1::uuid[])`,
          [customerIds],
        )
  const of = new Map(rows.map((row) => [row.customerId, { ...row, months: new Set(row.months) }]))
  const month = (customerId: string, moment: string) => monthIn(of.get(customerId)?.zone ?? 'UTC', moment)
  return {
    anyLocked: rows.some(({ months }) => months.length > 0),
    month,
    locked: (customerId: string, moment: string): string | null => {
      const months = of.get(customerId)?.months
      if (months === undefined || months.size === 0) return null
      const named = month(customerId, moment)
      return months.has(named) ? named : null
    },
  }
}

/** The month of a moment in a zone, `YYYY-MM`. */
export function monthIn(zone: string, moment: string): string {
  return new Date(localAt(zone, Date.parse(moment))).toISOString().slice(0, 7)
}

/** What the last adjustment of each clock about each month says that its result is, by `clock month`. */
export async function lastAdjusted(ask: Ask, clockIds: readonly string[]): Promise<ReadonlyMap<string, Result | null>> {
  if (clockIds.length === 0) return new Map()
  const rows = await ask<{ readonly key: string; readonly after: Result | null }>(
    `select distinct on (clock_id, month) clock_id || to_char(month, ' YYYY-MM') as key, after from adjustment
     where clock_id = any($1::uuid[]) order by clock_id, month, created_at desc, id desc`,
    [clockIds],
  )
  return new Map(rows.map(({ key, after }) => [key, after]))
}

/** Why results were counted anew. */
export interface Keeping {
  readonly now: Date
  readonly cause: 'history' | 'recompute' | 'import' | 'correction'
  readonly correctionId?: string | undefined
  /** False: what stays as it was told in a locked month is not adjusted either, for whoever only wants to know. */
  readonly adjust?: boolean
}

/** Keeps the results that were replaced, and enters adjustments into the open period. */
export async function keepResults(
  ask: Ask,
  changes: readonly ClockChange[],
  { now, cause, correctionId, adjust = true }: Keeping,
): Promise<void> {
  const common = { cause, correction_id: correctionId ?? null }
  const replaced = changes.filter(
    ({ stored, was, is, before }) => stored && before !== null && verdictOf(was) !== null && !isSameResult(was, is),
  )
  if (replaced.length > 0) {
    await ask(
      `insert into clock_result (id, clock_id, incident_id, customer_id, metric, number, result, cause, correction_id, kept_at)
       select id, clock_id, incident_id, customer_id, metric, number, result, cause, correction_id, $2
       from jsonb_populate_recordset(null::clock_result, $1::jsonb)`,
      [
        JSON.stringify(
          replaced.map(({ before, was }) => ({
            ...common,
            id: newId(now.getTime()),
            clock_id: before!.id,
            incident_id: before!.incidentId,
            customer_id: before!.customerId,
            metric: before!.metric,
            number: before!.number,
            result: was,
          })),
        ),
        now,
      ],
    )
  }
  const adjusted = changes.filter(({ adjustment, stored }) => adjustment !== null && (adjust || stored))
  if (adjusted.length === 0) return
  await ask(
    `insert into adjustment (id, customer_id, clock_id, incident_id, number, metric, priority, site_id, service_id, team_id,
       agreement_version_id, month, entered_month, met, failed, excluded, before, after, cause, correction_id, created_at)
     select a.id, a.customer_id, a.clock_id, a.incident_id, a.number, a.metric, a.priority, a.site_id, a.service_id, a.team_id,
       a.agreement_version_id, a.month, date_trunc('month', $2::timestamptz at time zone u.time_zone)::date,
       a.met, a.failed, a.excluded, nullif(a.before, 'null'), nullif(a.after, 'null'), a.cause, a.correction_id, $2
     from jsonb_populate_recordset(null::adjustment, $1::jsonb) a join customer u on u.id = a.customer_id`,
    [JSON.stringify(adjusted.map((change) => ({ ...common, ...adjustmentOf(change, now) }))), now],
  )
}

function adjustmentOf({ before, after, lockedMonth, adjustment }: ClockChange, now: Date) {
  // As it was grouped where it was told; what is new, as it is.
  const clock = (before ?? after)!
  return {
    id: newId(now.getTime()),
    customer_id: clock.customerId,
    clock_id: before?.id ?? after!.id,
    incident_id: clock.incidentId,
    number: clock.number,
    metric: clock.metric,
    priority: clock.priority,
    site_id: clock.siteId,
    service_id: clock.serviceId,
    team_id: clock.teamId,
    agreement_version_id: clock.agreementVersionId,
    month: `${lockedMonth}-01`,
    ...adjustment!.by,
    before: adjustment!.from,
    after: adjustment!.to,
  }
}
