import { isoOf } from '#core/iso.ts'
import type { Ask } from './ask.ts'
import { type ClockRow, isUnchanged } from './clock-row.ts'
import type { KeptClock } from './kept-clocks.ts'
import { lastAdjusted } from './last-adjusted.ts'
import { monthsOf } from './locked-months.ts'
import { openSettlement, type Result, settle, type Settlement, verdictOf } from './settlement.ts'

/** A clock before and after it was counted anew, where that differs; null where there was or is none. */
export interface ClockChange extends Settlement {
  readonly before: KeptClock | null
  readonly after: ClockRow | null
  /** Results, and the month, are made when they are asked for: of most clocks nobody asks. */
  readonly was: Result | null
  readonly is: Result | null
  /** The month (`YYYY-MM`) of the customer in which the result counts, or counted; null while the clock runs. */
  readonly month: string | null
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
  const known = await lastAdjusted(ask, 'clock', told)
  if (!monthOf.anyLocked) {
    return pairs.map((pair) => changeOf(pair, (pair.before?.exclusion ?? null) !== null, openSettlement, monthOf.month))
  }
  return pairs.flatMap((pair): ClockChange[] => {
    const { before: one, after: other } = pair
    const was = one === null ? null : resultOf(one, one.exclusion !== null)
    const { customerId } = (one ?? other)!
    // What was adjusted about another month was about another result: it was reopened since.
    const toldIn = known.size === 0 || verdictOf(was) === null ? null : monthOf.month(customerId, was!.stoppedAt!)
    const last = one === null ? undefined : known.get(`${one.id} ${toldIn}`)
    // What was excluded after its month was locked is so by its adjustment.
    const excluded = one !== null && (one.exclusion !== null || last?.excluded === true)
    const is = other === null ? null : resultOf(other, excluded)
    const settlement = settle(was, is, last, (moment) => monthOf.locked(customerId, moment))
    if (!settlement.stored && settlement.adjustment === null) return []
    return [changeOf(pair, excluded, settlement, monthOf.month)]
  })
}

interface Pair {
  readonly before: KeptClock | null
  readonly after: ClockRow | null
}

function changeOf(
  { before, after }: Pair,
  excluded: boolean,
  { stored, lockedMonth, adjustment }: Settlement,
  monthOf: (customerId: string, moment: string) => string,
): ClockChange {
  return {
    before,
    after,
    stored,
    lockedMonth,
    adjustment,
    get was() {
      return before === null ? null : resultOf(before, before.exclusion !== null)
    },
    get is() {
      return after === null ? null : resultOf(after, excluded)
    },
    get month() {
      const { was, is } = this
      const counted = verdictOf(is) === null ? was : is
      return verdictOf(counted) === null ? null : monthOf((before ?? after)!.customerId, counted!.stoppedAt!)
    },
  }
}

function pairsOf(before: readonly KeptClock[], rows: readonly ClockRow[]): Pair[] {
  const stored = Map.groupBy(before, ({ incidentId }) => incidentId)
  const pairs: Pair[] = []
  const found = new Set<KeptClock>()
  for (const after of rows) {
    const was = stored.get(after.incidentId)?.find(({ metric }) => metric === after.metric) ?? null
    if (was !== null) found.add(was)
    if (was === null || !isUnchanged(was, after)) pairs.push({ before: was, after })
  }
  for (const gone of before) if (!found.has(gone)) pairs.push({ before: gone, after: null })
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
    startedAt: textOf(startedAt),
    dueAt: textOf(dueAt),
    stoppedAt: textOf(stoppedAt),
    targetMs,
    elapsedMs,
    excluded,
  }
}

function textOf(moment: Date | null): string | null {
  return moment === null ? null : isoOf(moment.getTime())
}
