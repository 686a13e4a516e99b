import { dueAfter, openIntervals, openMsBetween, type Boundary, type OpenTime } from '#core/calendar.ts'
import { measure } from '#core/clock-measure.ts'
import type { ClockResult, ClockSegment, ClockState, ClockTarget } from '#core/clock-terms.ts'
import { inServiceTime } from '#core/working-days.ts'

/** Something that a promise relies on. What has the same step goes on side by side, steps follow one upon the other. */
export interface ChainLink {
  readonly id: string
  readonly step: number
  readonly target: ClockTarget
}

/** A start, the moment that is then due, and how long that is. */
export interface WorstStart {
  readonly start: number
  readonly due: number
  readonly ms: number
}

export interface CheckedLink {
  readonly id: string
  readonly step: number
  /** The longest by the clock on the wall, and in the hours of the promise that relies on it; null when never due. */
  readonly wall: WorstStart | null
  readonly inPromise: WorstStart | null
}

export interface CheckedChain {
  readonly links: readonly CheckedLink[]
  /** What each step takes at worst: its longest branch. */
  readonly steps: readonly { readonly step: number; readonly ms: number | null }[]
  /** All steps and the reserve; null when one of them may never end. */
  readonly totalMs: number | null
  readonly holds: boolean
}

/**
 * Whether a promise can be kept by what stands behind it (DOMAIN §3.1.10): every link at its worst start of the time
 * `[from, to)`, measured in the hours of the promise, steps added up, of branches the longest. Without a link it holds.
 */
export function checkChain(
  promise: ClockTarget,
  links: readonly ChainLink[],
  { from, to, reserveMs = 0 }: { readonly from: number; readonly to: number; readonly reserveMs?: number },
): CheckedChain {
  const checked = links.map(({ id, step, target }): CheckedLink => {
    const starts = worstStarts(target, promise.open, from, to)
    return {
      id,
      step,
      wall: longest(starts, (start, due) => due - start),
      inPromise: longest(starts, (start, due) => openMsBetween(promise.open, start, due)),
    }
  })
  const steps = [...Map.groupBy(checked, ({ step }) => step)]
    .toSorted(([one], [other]) => one - other)
    .map(([step, branches]) => ({
      step,
      ms: branches.some(({ inPromise }) => inPromise === null)
        ? null
        : Math.max(...branches.map(({ inPromise }) => inPromise!.ms)),
    }))
  const totalMs = steps.reduce<number | null>(
    (sum, { ms }) => (sum === null || ms === null ? null : sum + ms),
    reserveMs,
  )
  return {
    links: checked,
    steps,
    totalMs,
    holds: links.length === 0 || (totalMs !== null && totalMs <= promise.targetMs),
  }
}

const YEAR_MS = 366 * 86_400_000

type Started = readonly [start: number, due: number | null]

/**
 * Starts of which one is the worst. Between them the wait only grows or only shrinks: it turns where the hours of either
 * begin or end, at the start or when it is due; and it may still grow when the time is over. What would be due at a closing
 * is reckoned at the next opening: a start a moment later is.
 */
function worstStarts(target: ClockTarget, other: OpenTime, from: number, to: number): Started[] {
  const starts = new Set([from, to - 1])
  // What starts before the end may be due long after it, and turns there.
  const last = dueAfter(target.open, to, inServiceTime(target, to).targetMs, 'next-opening') ?? to + YEAR_MS
  for (const open of [target.open, other]) {
    for (const { opens, closes } of openIntervals(open, from, last + 1)) {
      for (const edge of [opens, closes]) {
        starts.add(edge)
        const before = dueAfter(target.open, edge, -target.targetMs)
        if (before !== null) starts.add(before)
      }
    }
  }
  return [...starts]
    .filter((start) => from <= start && start < to)
    .map((start) => [start, dueAfter(target.open, start, inServiceTime(target, start).targetMs, 'next-opening')])
}

function longest(starts: readonly Started[], length: (start: number, due: number) => number): WorstStart | null {
  let worst: WorstStart | null = null
  for (const [start, due] of starts) {
    if (due === null) return null
    const ms = length(start, due)
    if (worst === null || ms > worst.ms) worst = { start, due, ms }
  }
  return worst
}

/**
 * The clock of an agreement behind another: it runs while its party holds the ticket, and stands while somebody else does.
 *
 * @param result The ticket, counted by the terms of the agreement behind until a moment after `now`, by which it is seen who
 *   holds it from `now` on.
 */
export function heldClock(
  result: ClockResult,
  { target, boundary, isHeld }: { target: ClockTarget; boundary: Boundary; isHeld: (segment: ClockSegment) => boolean },
  now: number,
): ClockResult {
  const first = result.segments.findIndex(isHeld)
  const held: ClockResult = { ...result, carriedMs: 0, breachedOnAttach: false, open: target.open, earlier: [] }
  if (first < 0) {
    const { targetMs } = target
    const state = result.state === 'cancelled' ? 'cancelled' : 'not-started'
    const none = { startAt: null, stoppedAt: null, dueAt: null, breachedAt: null, elapsedMs: 0, segments: [] }
    return { ...held, ...none, state, targetMs }
  }
  const segments = result.segments.slice(first).map((segment): ClockSegment => ({
    ...segment,
    to: Math.max(segment.from, Math.min(segment.to, now)),
    kind: isHeld(segment) ? 'run' : 'pause',
  }))
  const counted = inServiceTime(target, segments[0]!.from)
  const { targetMs } = counted
  const { countedMs, dueAt, breachedAt } = measure(segments, counted, boundary, 0)
  const missed = countedMs > targetMs
  const isOpen = result.stoppedAt === null
  const runs = isOpen && segments.at(-1)!.kind === 'run'
  let state: ClockState = runs ? 'running' : isOpen ? 'paused' : 'met'
  if (missed) state = isOpen ? 'breached-running' : 'breached-stopped'
  if (result.state === 'cancelled') state = 'cancelled'
  return {
    ...held,
    state,
    startAt: segments[0]!.from,
    dueAt: dueAt ?? (runs ? dueAfter(target.open, now, targetMs - countedMs, boundary) : null),
    breachedAt,
    elapsedMs: countedMs,
    targetMs,
    segments,
  }
}
