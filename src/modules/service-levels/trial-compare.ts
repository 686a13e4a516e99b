import { isoOf } from '#core/iso.ts'
import { instantAt, localAt } from '#core/zone.ts'
import type { Ask } from './ask.ts'
import type { CountedClock, IncidentClocks } from './clocks.ts'
import { momentOf } from './kept-clocks.ts'
import { type Result, type verdictOf, verdictWhenStopped } from './settlement.ts'
import { lastAdjusted } from './last-adjusted.ts'

/** The months that a period touches in a customer's zone, and what of them can be taken as it is stored. */
export interface TrialPeriod {
  /** The period itself, half-open. */
  readonly from: Date
  readonly to: Date
  /** `YYYY-MM`, ascending, each from where the one before ends. */
  readonly months: readonly { readonly month: string; readonly from: number }[]
  readonly locked: ReadonlySet<string>
}

/** A clock that counts in the period, as it is told and as it would be; null where there is or would be none that counts. */
export interface TriedClock {
  readonly clockId: string | null
  /** Null of an order. */
  readonly incidentId: string | null
  /** The order; null of an incident’s clock. */
  readonly requestId: string | null
  readonly number: string
  readonly metric: string
  /** Null of an order. */
  readonly priority: string | null
  /** Of the incident, as its figures are grouped; null of an order. */
  readonly serviceId: string | null
  /** As it is told and as it would be: its verdict, and the month (`YYYY-MM`) of the period in which it counts. */
  readonly was: Counting | null
  readonly is: Counting | null
  /** Both results, where they differ by more than what was promised. */
  readonly differing: { readonly before: Result | null; readonly after: Result | null } | null
}

type Verdict = ReturnType<typeof verdictOf>

export interface Counting {
  readonly verdict: NonNullable<Verdict>
  readonly month: string
}

/** @param days Local dates: the first, and the one after the last. */
export async function readTrialPeriod(
  ask: Ask,
  customerId: string,
  days: { readonly from: string; readonly to: string },
): Promise<TrialPeriod> {
  const rows = await ask<{ readonly zone: string; readonly locked: readonly string[] }>(
    `select u.time_zone as zone, coalesce((select array_agg(to_char(p.month, 'YYYY-MM')) from period p
       where p.customer_id = u.id and p.state = 'locked'), '{}') as locked from customer u where u.id = $1`,
    [customerId],
  )
  const { zone, locked } = rows[0]!
  const from = instantAt(zone, Date.parse(days.from))
  const to = instantAt(zone, Date.parse(days.to))
  const months: { month: string; from: number }[] = []
  const first = new Date(localAt(zone, from))
  for (let index = 0; ; index++) {
    const begin = Date.UTC(first.getUTCFullYear(), first.getUTCMonth() + index, 1)
    const at = instantAt(zone, begin)
    if (index > 0 && at >= to) break
    months.push({ month: new Date(begin).toISOString().slice(0, 7), from: at })
  }
  return { from: new Date(from), to: new Date(to), months, locked: new Set(locked) }
}

interface StoredClock {
  readonly id: string
  readonly incidentId: string
  readonly number: string
  readonly metric: string
  readonly priority: string
  readonly serviceId: string | null
  readonly state: string
  /** Epoch milliseconds. */
  readonly started: number | null
  readonly due: number | null
  readonly stopped: number | null
  readonly targetMs: number
  readonly elapsedMs: number
  readonly excluded: boolean
}

/**
 * The clocks of these incidents that count in a period: as they are told, of a locked month with its adjustments, and as
 * they were counted on trial. Reads only.
 */
export async function compareTried(
  ask: Ask,
  period: TrialPeriod,
  counted: readonly IncidentClocks[],
): Promise<TriedClock[]> {
  const stored = await ask<StoredClock>(
    `select id, incident_id as "incidentId", number, metric, priority::text as priority, service_id as "serviceId", state,
       ${momentOf('started_at')} as started, ${momentOf('due_at')} as due, ${momentOf('stopped_at')} as stopped, target_ms as "targetMs", elapsed_ms as "elapsedMs",
       exclusion is not null as excluded
     from clock where incident_id = any($1::uuid[])`,
    [counted.map(({ incidentId }) => incidentId)],
  )
  const told = period.locked.size === 0 ? new Map<string, Result | null>() : await adjustedOf(ask, period, stored)
  const before = Map.groupBy(stored, ({ incidentId }) => incidentId)
  const compared: TriedClock[] = []
  for (const { incidentId, clocks } of counted) {
    const those = before.get(incidentId) ?? []
    for (const each of clocks) {
      add(
        those.find(({ metric }) => metric === each.metric),
        each,
      )
    }
    for (const clock of those) if (!clocks.some(({ metric }) => metric === clock.metric)) add(clock, null)
  }
  return compared

  function add(clock: StoredClock | undefined, now: CountedClock | null): void {
    const adjusted = clock === undefined ? undefined : told.get(clock.id)
    const one = adjusted === undefined ? (clock === undefined ? null : asResult(clock)) : adjusted
    const other = now === null ? null : tried(now, adjusted?.excluded ?? clock?.excluded ?? false)
    const [was, is] = [countingIn(period, one), countingIn(period, other)]
    if (was === null && is === null) return
    const { incidentId, number, metric, priority, serviceId } = clock ?? now!.row()
    const differs = was?.verdict !== is?.verdict || isDifferent(one, other)
    const differing = differs ? { before: shown(one), after: shown(other) } : null
    compared.push({
      clockId: clock?.id ?? null,
      incidentId,
      requestId: null,
      number,
      metric,
      priority,
      serviceId: serviceId ?? null,
      was,
      is,
      differing,
    })
  }
}

/** An order as it is told, and as it would be. */
interface TriedOrder {
  readonly id: string
  readonly number: string
  readonly was: Result | null
  readonly is: Result | null
}

/** The promises of these orders that count in a period, as of clocks. Reads only. */
export async function compareTriedOrders(
  ask: Ask,
  period: TrialPeriod,
  orders: readonly TriedOrder[],
): Promise<TriedClock[]> {
  const told = await adjustedOf(
    ask,
    period,
    orders.map(({ id, was }) => ({ id, stopped: stoppedOf(was) })),
    'request',
  )
  return orders.flatMap(({ id, number, was: stored, is: counted }): TriedClock[] => {
    const adjusted = told.get(id)
    const one = adjusted === undefined ? stored : adjusted
    const other = counted && { ...counted, excluded: one?.excluded ?? counted.excluded }
    const [was, is] = [countingIn(period, one), countingIn(period, other)]
    if (was === null && is === null) return []
    const differs = was?.verdict !== is?.verdict || isDifferent(one, other)
    const of = {
      clockId: null,
      incidentId: null,
      requestId: id,
      number,
      metric: 'fulfilment',
      priority: null,
      serviceId: null,
    }
    return [{ ...of, was, is, differing: differs ? { before: one, after: other } : null }]
  })
}

/** A result with its moments as numbers: most of them are compared and never shown. */
interface Quick {
  readonly state: string
  readonly stopped: number | null
  readonly elapsedMs: number
  readonly excluded: boolean
  readonly shown: () => Result
}

function asResult(clock: StoredClock): Quick {
  const { state, elapsedMs, excluded, targetMs, started, due, stopped } = clock
  return quick({ state, targetMs, elapsedMs, started, due, stopped }, excluded)
}

function tried({ result }: CountedClock, excluded: boolean): Quick {
  const { state, targetMs, elapsedMs, startAt: started, dueAt: due, stoppedAt: stopped } = result
  return quick({ state, targetMs, elapsedMs: Math.round(elapsedMs), started, due, stopped }, excluded)
}

type Counted = Pick<StoredClock, 'state' | 'targetMs' | 'elapsedMs' | 'started' | 'due' | 'stopped'>

function quick({ state, started, due, stopped, targetMs, elapsedMs }: Counted, excluded: boolean): Quick {
  const asText = (): Result => ({
    state,
    startedAt: textOf(started),
    dueAt: textOf(due),
    stoppedAt: textOf(stopped),
    targetMs,
    elapsedMs,
    excluded,
  })
  return { state, stopped, elapsedMs, excluded, shown: asText }
}

function textOf(moment: number | null): string | null {
  return moment === null ? null : isoOf(moment)
}

type Side = Quick | Result | null

function shown(side: Side): Result | null {
  return side !== null && 'shown' in side ? side.shown() : side
}

function stoppedOf(side: Side): number | null {
  if (side === null) return null
  if ('shown' in side) return side.stopped
  return side.stoppedAt === null ? null : Date.parse(side.stoppedAt)
}

function countingIn({ from, to, months }: TrialPeriod, side: Side): Counting | null {
  const at = stoppedOf(side)
  if (side === null || at === null || at < from.getTime() || at >= to.getTime()) return null
  const verdict = verdictWhenStopped(side)
  const month = months.findLast((each) => each.from <= at)?.month
  return verdict === null || month === undefined ? null : { verdict, month }
}

/** Whether the time itself was counted otherwise; that something else was promised is no difference in what came of it. */
function isDifferent(one: Side, other: Side): boolean {
  if (one === null || other === null) return one !== other
  return one.state !== other.state || stoppedOf(one) !== stoppedOf(other) || one.elapsedMs !== other.elapsedMs
}

/** Of clocks or orders that were told in a locked month, what the last adjustment says. */
async function adjustedOf(
  ask: Ask,
  { months, locked }: TrialPeriod,
  stored: readonly Pick<StoredClock, 'id' | 'stopped'>[],
  of: 'clock' | 'request' = 'clock',
): Promise<Map<string, Result | null>> {
  const toldIn = new Map<string, string>()
  for (const { id, stopped } of stored) {
    const month = stopped === null ? undefined : months.findLast((each) => each.from <= stopped)?.month
    if (month !== undefined && locked.has(month)) toldIn.set(id, month)
  }
  const adjusted = await lastAdjusted(ask, of, [...toldIn.keys()])
  const found = new Map<string, Result | null>()
  for (const [id, month] of toldIn) {
    const result = adjusted.get(`${id} ${month}`)
    if (result !== undefined) found.set(id, result)
  }
  return found
}
