import { measure } from '#core/clock-measure.ts'
import { addSegment, bitOf, closeSegment, countingSegments, NONE, type Run } from '#core/clock-segments.ts'
import { standing } from '#core/clock-standing.ts'
import type { ClockEvent, ClockEventKind, ClockMetric, ClockResult, ClockTarget } from '#core/clock-terms.ts'
import { inServiceTime } from '#core/working-days.ts'

/** What ends the time a metric measures. */
const stoppedBy: Readonly<Record<ClockMetric, readonly ClockEventKind[]>> = {
  // Who resolves without having answered has answered.
  response: ['responded', 'resolved', 'closed'],
  restore: ['restored', 'resolved', 'closed'],
  resolution: ['resolved', 'closed'],
  'next-update': ['restored', 'resolved', 'closed'],
  reply: ['responded', 'resolved', 'closed'],
  fulfilment: ['resolved', 'closed'],
}

export function take(run: Run, event: ClockEvent): void {
  const { kind } = event
  // Time does not run backwards, even where a history is out of order.
  const at = Math.max(event.at, run.since)
  const runs = run.startAt !== null && run.stoppedAt === null
  if (runs && stoppedBy[run.terms.metric].includes(kind)) return stop(run, at)
  switch (kind) {
    case 'opened':
      if (run.opened) return
      run.opened = true
      if (event.team !== undefined) run.team = event.team
      if (event.priority !== undefined) setPriority(run, event)
      if (run.terms.metric !== 'reply') start(run, beginningOf(run, event, at))
      return
    case 'asked':
      if (run.terms.metric !== 'reply' || runs) return
      if (run.startAt !== null) startAgain(run, at)
      else start(run, at)
      return
    case 'paused':
      if (runs) closeSegment(run, at)
      run.waits |= bitOf(event.reason ?? 'other')
      return
    case 'resumed':
      if (runs) closeSegment(run, at)
      run.waits = event.reason === undefined ? 0 : run.waits & ~bitOf(event.reason)
      return
    case 'team':
      if (runs) closeSegment(run, at)
      run.team = event.team ?? null
      return
    case 'priority':
      if (run.startAt === null) setPriority(run, event)
      else if (runs) changePriority(run, event, at)
      else run.changed = event
      return
    case 'updated':
      if (runs && run.terms.metric === 'next-update') {
        closeSegment(run, at)
        run.stoppedAt = at
        startAgain(run, at)
      }
      return
    case 'reopened':
      if (run.stoppedAt !== null) reopen(run, at)
      return
    case 'cancelled':
      if (runs) closeSegment(run, at)
      if (run.startAt !== null) run.stoppedAt ??= at
      run.cancelled = event.cancelledFor ?? 'cancelled'
      return
    case 'joined':
      if (runs && run.terms.children === 'once') join(run, at)
      return
    case 'responded':
    case 'restored':
    case 'resolved':
    case 'closed':
      return
  }
}

function beginningOf({ terms }: Run, { impairedAt }: ClockEvent, openedAt: number): number {
  return terms.metric === 'restore' && impairedAt !== undefined ? Math.min(impairedAt, openedAt) : openedAt
}

/** What is promised, as it counts from a start; before the start as it was agreed. */
function counted({ promise }: Run, startAt: number | null): ClockTarget | null {
  return promise === null || startAt === null ? promise : inServiceTime(promise, startAt)
}

function targetFor(run: Run, priority: string | undefined): ClockTarget | null {
  const { byPriority } = run.terms
  const target = priority === undefined ? undefined : byPriority?.[priority]
  return target === undefined ? run.given : target
}

function setPriority(run: Run, { priority }: ClockEvent): void {
  run.priority = priority
  run.promise = targetFor(run, priority)
  run.target = counted(run, run.startAt)
}

function start(run: Run, at: number): void {
  run.bornAt = at
  run.startAt = at
  run.since = at
  run.target = counted(run, at)
}

function stop(run: Run, at: number): void {
  closeSegment(run, at)
  run.stoppedAt = at
  run.waits = 0
}

/** It counts together with another from here on. What was missed by then stays missed. */
function join(run: Run, at: number): void {
  const { target, terms, carriedMs, earlier } = run
  closeSegment(run, at)
  const missed =
    target !== null && measure(countingSegments(run), target, terms.boundary, carriedMs).countedMs > target.targetMs
  if (missed || earlier?.some(({ state }) => state === 'breached-stopped')) return
  run.stoppedAt = at
  run.cancelled = 'part'
}

/** A further clock on the same promise; the one before stays as it ended. */
function startAgain(run: Run, at: number): void {
  if (run.target !== null) keep(run, standing(run, at))
  start(run, at)
  run.stoppedAt = null
  run.segments = []
  run.countsFrom = 0
  run.carriedMs = 0
  run.attachedAt = null
  run.breachedOnAttach = false
}

function reopen(run: Run, at: number): void {
  const { metric, reopen: policy } = run.terms
  // Who was answered once was answered; the next question begins a reply.
  if (metric === 'response' || metric === 'reply') return
  const { changed } = run
  run.changed = null
  if (metric === 'next-update' || policy === 'new-clock') {
    startAgain(run, at)
    if (changed !== null) setPriority(run, changed)
    return
  }
  if (at > run.since) addSegment(run, at, policy === 'gross' ? 'run' : 'pause', 'resolved')
  run.stoppedAt = null
  if (changed !== null) changePriority(run, changed, at)
}

function changePriority(run: Run, event: ClockEvent, at: number): void {
  const { terms, promise: former, priority: formerly } = run
  const why = event.priorityReason ?? 'correction'
  const mode = terms.onPriorityChange[why]
  const promise = targetFor(run, event.priority)
  // Without a first priority we only learn now which one it was, if what it promises is what was counted.
  const isSame = formerly === undefined ? isSamePromise(promise, former) : formerly === event.priority
  if (mode === 'lock' || isSame || promise === former) return
  run.priority = event.priority
  closeSegment(run, at)
  const was = former === null ? null : standing({ ...run, earlier: null, segments: run.segments.slice() }, at)
  run.promise = promise
  run.target = counted(run, mode === 'restart' ? at : run.bornAt)
  const { target } = run
  run.attachedAt = at
  run.carriedMs = 0
  if (mode === 'retroactive') {
    run.startAt = run.bornAt
    run.countsFrom = 0
  } else {
    if (mode === 'restart') run.startAt = at
    else if (was !== null && target !== null) run.carriedMs = inProportion(was, target)
    run.countsFrom = run.segments.length
  }
  run.breachedOnAttach =
    target !== null && measure(countingSegments(run), target, terms.boundary, run.carriedMs).countedMs > target.targetMs
  if (was === null) return
  // What was missed stays missed, unless it was never promised or the new clock says so itself.
  const staysMissed = was.breachedAt !== null && why !== 'correction' && !run.breachedOnAttach
  keep(
    run,
    staysMissed
      ? { ...was, state: 'breached-stopped', stoppedAt: at }
      : { ...was, state: 'cancelled', stoppedAt: at, dueAt: null, breachedAt: null, cancelReason: 'priority-changed' },
  )
}

function isSamePromise(one: ClockTarget | null, other: ClockTarget | null): boolean {
  return (
    one === other ||
    (one !== null && one.targetMs === other?.targetMs && one.open === other.open && one.days === other.days)
  )
}

/** The time that the share used of the former target is of the new one. */
function inProportion({ elapsedMs, targetMs }: ClockResult, target: ClockTarget): number {
  return targetMs === 0 ? 0 : Math.round((elapsedMs / targetMs) * target.targetMs)
}

function keep(run: Run, result: ClockResult): void {
  run.earlier ??= []
  run.earlier.push(result.earlier.length === 0 ? result : { ...result, earlier: NONE })
}
