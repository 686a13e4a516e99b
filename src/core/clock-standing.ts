import { dueAfter } from '#core/calendar.ts'
import { measure } from '#core/clock-measure.ts'
import { closeSegment, countingSegments, NONE, pausing, type Run } from '#core/clock-segments.ts'
import type { ClockResult, ClockState, ClockTarget } from '#core/clock-terms.ts'

/** What has become of a clock by `now`, by what was read of its history so far. */
export function standing(run: Run, now: number): ClockResult {
  const { terms, target, startAt, earlier } = run
  if (target === null) return withoutTarget(run)
  if (startAt === null) return notStarted(run, target)
  if (run.stoppedAt === null) closeSegment(run, now)
  const segments = countingSegments(run)
  const { countedMs, ...moments } = measure(segments, target, terms.boundary, run.carriedMs)
  let { dueAt, breachedAt } = moments
  if (run.carriedMs > 0 && run.carriedMs >= target.targetMs) {
    // The share that was used up under the former priority is used up under this one.
    dueAt = run.attachedAt
    if (run.carriedMs > target.targetMs) breachedAt = run.attachedAt
  }
  const missed = countedMs > target.targetMs
  let state: ClockState
  if (run.cancelled !== null) {
    state = 'cancelled'
    dueAt = null
    breachedAt = null
  } else if (run.stoppedAt !== null) {
    state = missed ? 'breached-stopped' : 'met'
    dueAt ??= dueAfter(target.open, run.stoppedAt, target.targetMs - countedMs, terms.boundary)
  } else if (pausing(run) !== null) {
    state = missed ? 'breached-running' : 'paused'
  } else {
    state = missed ? 'breached-running' : 'running'
    dueAt ??= dueAfter(target.open, Math.max(now, startAt), target.targetMs - countedMs, terms.boundary)
  }
  return {
    metric: terms.metric,
    state,
    startAt,
    stoppedAt: run.stoppedAt,
    dueAt,
    breachedAt,
    elapsedMs: countedMs,
    targetMs: target.targetMs,
    carriedMs: run.carriedMs,
    segments,
    breachedOnAttach: run.breachedOnAttach,
    cancelReason: run.cancelled,
    open: target.open,
    earlier: earlier ?? NONE,
  }
}

function notStarted(run: Run, { open, targetMs }: ClockTarget): ClockResult {
  return {
    metric: run.terms.metric,
    state: 'not-started',
    startAt: null,
    stoppedAt: null,
    dueAt: null,
    breachedAt: null,
    elapsedMs: 0,
    targetMs,
    carriedMs: 0,
    segments: NONE,
    breachedOnAttach: false,
    cancelReason: null,
    open,
    earlier: run.earlier ?? NONE,
  }
}

/** Nothing is promised any more (or never was): what had been is among the earlier clocks. */
function withoutTarget(run: Run): ClockResult {
  return {
    ...notStarted(run, { targetMs: 0, open: run.given.open }),
    state: 'cancelled',
    startAt: run.startAt,
    stoppedAt: run.attachedAt ?? run.startAt,
    cancelReason: 'no-target',
  }
}
