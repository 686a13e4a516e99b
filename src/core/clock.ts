import { dueAfter, nextOpening, openMsBetween, type OpenTime } from '#core/calendar.ts'
import { measure } from '#core/clock-measure.ts'
import { take } from '#core/clock-run.ts'
import { newRun } from '#core/clock-segments.ts'
import { standing } from '#core/clock-standing.ts'
import type { ClockEvent, ClockResult, ClockSegment, ClockTerms } from '#core/clock-terms.ts'

export type { ClockEvent, ClockResult, ClockSegment, ClockTerms } from '#core/clock-terms.ts'

/**
 * What has become of one promise by `now`: a function of history, terms and calendar, so that it can be asked again at
 * any time and for any time. Events after `now` have not happened yet.
 *
 * History may be odd; nothing throws and nothing becomes negative. Of several openings the first counts. What would stop
 * the clock before the opening, a second stop, a resumption without a pause, a reopening of what is not resolved and
 * whatever follows a cancellation are without effect. A pause that begins before the opening holds from the opening on.
 * Stopping ends all pauses. Pauses overlap freely: their union counts. A priority changed while stopped matters once
 * reopened; one changed without a reason is taken as a correction.
 */
export function runClock(terms: ClockTerms, open: OpenTime, events: readonly ClockEvent[], now: number): ClockResult {
  const run = newRun(terms, { targetMs: terms.targetMs, open, days: terms.days })
  for (const event of events) {
    if (!(event.at <= now) || run.cancelled !== null) break
    take(run, event)
  }
  return standing(run, now)
}

/**
 * The moment by which a history is counted that is recorded already: now, or its last event. Whoever recorded that may have a
 * clock ahead of ours; it has happened all the same.
 */
export function byNow(events: readonly ClockEvent[], now: number): number {
  return Math.max(now, events.at(-1)?.at ?? now)
}

/**
 * When a clock has used a share of its target, in basis points (7500 is 75 %; 10000 is its due moment): in the past when
 * it has, else foreseen if nothing pauses it. Null when it is paused or ended before that, or the calendar never opens
 * again.
 */
export function thresholdAt(result: ClockResult, shareBp: number): number | null {
  const { open, segments, targetMs, carriedMs, startAt, state } = result
  if (startAt === null || state === 'cancelled') return null
  const shareMs = Math.ceil((targetMs * shareBp) / 10_000)
  const { dueAt, countedMs } = measure(segments, { targetMs: shareMs, open }, 'closing', carriedMs)
  const last = segments.at(-1)
  if (dueAt !== null) return dueAt
  if (state !== 'running' && (state !== 'breached-running' || last?.kind === 'pause')) return null
  return dueAfter(open, last?.to ?? startAt, shareMs - countedMs)
}

/**
 * From when on a clock is breached: when it was, else foreseen if nothing pauses it. Null as in `thresholdAt`. The moment
 * to wake up at: what is due at closing time can still be kept until the next opening.
 */
export function breachAt(result: ClockResult): number | null {
  if (result.breachedAt !== null || result.state !== 'running') return result.breachedAt
  const due = thresholdAt(result, 10_000)
  return due === null ? null : nextOpening(result.open, due)
}

/** Service time that one holder had a clock for, in runs under one wait (or none). */
export interface HeldTime {
  readonly team: string | null
  readonly reason: ClockSegment['reason']
  readonly elapsedMs: number
}

/**
 * Where a clock's time went: its elapsed time by the team that held the ticket and what it waited for without effect, in
 * the order in which they first held it. The parts add up to the elapsed time; what was carried over from a former
 * priority has no holder.
 */
export function timeByHolder({ segments, open, carriedMs }: ClockResult): HeldTime[] {
  const parts = new Map<string, HeldTime>()
  const add = (team: string | null, reason: ClockSegment['reason'], elapsedMs: number) => {
    const key = JSON.stringify([team, reason])
    parts.set(key, { team, reason, elapsedMs: elapsedMs + (parts.get(key)?.elapsedMs ?? 0) })
  }
  if (carriedMs > 0) add(null, null, carriedMs)
  for (const { kind, from, to, team, reason } of segments) {
    if (kind === 'run') add(team, reason, openMsBetween(open, from, to))
  }
  return [...parts.values()]
}

/** Those of a clock that begins again and again that are over: met or missed. */
export function gapsOf(result: ClockResult): readonly ClockResult[] {
  return [...result.earlier, result].filter(({ state }) => state === 'met' || state === 'breached-stopped')
}

/**
 * What a clock says of its ticket. Once it has ended, one that begins again and again is as good as the worst of its gaps
 * (DOMAIN, SLA-12): met when all of them were. While it runs, and for every other clock, it is the clock itself.
 */
export function ticketResult(result: ClockResult): ClockResult {
  if (result.metric !== 'next-update' || (result.state !== 'met' && result.state !== 'breached-stopped')) return result
  const gaps = gapsOf(result)
  const overOf = ({ elapsedMs, targetMs }: ClockResult) => elapsedMs - targetMs
  const worst = gaps.reduce((one, other) => (overOf(other) > overOf(one) ? other : one), result)
  return worst === result ? result : { ...worst, stoppedAt: result.stoppedAt, earlier: result.earlier }
}
