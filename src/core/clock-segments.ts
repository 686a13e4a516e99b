import {
  pauseReasons,
  type CancelReason,
  type ClockEvent,
  type ClockResult,
  type ClockSegment,
  type ClockTarget,
  type ClockTerms,
  type PauseReason,
} from '#core/clock-terms.ts'

export const NONE: readonly never[] = []

/** A clock while history is read. What counts is measured afterwards: only then is it known which hours hold. */
export interface Run {
  readonly terms: ClockTerms
  readonly given: ClockTarget
  /** As it was agreed, and as it is counted from the start of this clock. */
  promise: ClockTarget | null
  target: ClockTarget | null
  priority: string | undefined
  /** Reasons that pause, a bit each in the order of `pauseReasons`. */
  readonly pausingBits: number
  opened: boolean
  /** When the first clock of this promise began, or the one after a reopening. */
  bornAt: number
  /** When the clock began that counts now; later than `bornAt` after a changed priority restarted it. */
  startAt: number | null
  stoppedAt: number | null
  /** Why nothing is counted any more; null while something is. */
  cancelled: CancelReason | null
  /** Where the stretch begins that is not yet a segment. */
  since: number
  /** Since `bornAt`. Those from `countsFrom` on are this clock's. */
  segments: ClockSegment[]
  countsFrom: number
  carriedMs: number
  /** When a changed priority attached this target, if one did. */
  attachedAt: number | null
  breachedOnAttach: boolean
  /** What is waited for now, as bits. */
  waits: number
  team: string | null
  /** A change of priority while stopped. */
  changed: ClockEvent | null
  earlier: ClockResult[] | null
}

export function newRun(terms: ClockTerms, given: ClockTarget): Run {
  return {
    terms,
    given,
    promise: given,
    target: given,
    priority: undefined,
    pausingBits: terms.pausedBy.reduce((bits, reason) => bits | bitOf(reason), 0),
    opened: false,
    bornAt: 0,
    startAt: null,
    stoppedAt: null,
    cancelled: null,
    since: -Infinity,
    segments: [],
    countsFrom: 0,
    carriedMs: 0,
    attachedAt: null,
    breachedOnAttach: false,
    waits: 0,
    team: null,
    changed: null,
    earlier: null,
  }
}

export function bitOf(reason: PauseReason): number {
  return 1 << pauseReasons.indexOf(reason)
}

/** The reason that pauses the clock. Of several the first in the list: the order in which they came makes no difference. */
export function pausing({ waits, pausingBits }: Run): PauseReason | null {
  return firstOf(waits & pausingBits)
}

function firstOf(bits: number): PauseReason | null {
  return bits === 0 ? null : (pauseReasons[31 - Math.clz32(bits & -bits)] ?? null)
}

/** Ends the stretch that lasts since the last event, as what it was. */
export function closeSegment(run: Run, at: number): void {
  if (at <= run.since) return
  const pause = pausing(run)
  if (pause !== null) addSegment(run, at, 'pause', pause)
  else addSegment(run, at, 'run', firstOf(run.waits))
}

export function addSegment(run: Run, to: number, kind: 'run' | 'pause', reason: ClockSegment['reason']): void {
  const { team, since: from } = run
  const last = run.segments.length > run.countsFrom ? run.segments.at(-1) : undefined
  run.since = to
  if (last !== undefined && last.kind === kind && last.reason === reason && last.team === team && last.to === from) {
    run.segments[run.segments.length - 1] = { from: last.from, to, kind, reason, team }
  } else {
    run.segments.push({ from, to, kind, reason, team })
  }
}

export function countingSegments({ segments, countsFrom }: Run): readonly ClockSegment[] {
  return countsFrom === 0 ? segments : segments.slice(countsFrom)
}
