import type { Boundary, OpenTime } from '#core/calendar.ts'

/**
 * What is timed (DOMAIN §3.1.4).
 *
 * - `response`: from the opening to the first meaningful answer of a person; an automatic reply is no event.
 * - `restore`: from the opening until the service is usable again.
 * - `resolution`: from the opening to the resolution.
 * - `next-update`: from each message to those affected to the next one, beginning with the opening.
 * - `reply`: from each question of the requester to our answer; asking again does not move it.
 * - `fulfilment`: of a request, from the order to the delivery, which is its resolution.
 */
export type ClockMetric = 'response' | 'restore' | 'resolution' | 'next-update' | 'reply' | 'fulfilment'

/** Why somebody waits. Which of them pause a clock is a matter of the agreement; the others are told apart, and count. */
export const pauseReasons = [
  'awaiting-requester',
  'awaiting-customer',
  'appointment',
  'customer-delay',
  'awaiting-supplier',
  'awaiting-change',
  'awaiting-evidence',
  'awaiting-problem',
  'other',
] as const
export type PauseReason = (typeof pauseReasons)[number]

/** Why a priority changed: it was wrong from the start, things got worse, or they got better. */
export type PriorityChangeReason = 'correction' | 'worsened' | 'eased'

/**
 * What a changed priority does to a clock that runs (DOMAIN §3.1.6):
 *
 * - `restart`: a new clock, from the change on.
 * - `retroactive`: as if the new priority had been there from the start; pauses stay.
 * - `proportional`: the share of the old target that is used is used of the new one.
 * - `lock`: the first priority decides.
 */
export type PriorityChangeMode = 'restart' | 'retroactive' | 'proportional' | 'lock'

/** What reopening does: the time while resolved is a pause, a new clock starts, or nothing was ever resolved. */
export type ReopenPolicy = 'continue' | 'new-clock' | 'gross'

/** Tickets that are part of another, such as a major incident, count each by itself, or once together with it (DOMAIN §3.1.11). */
export type ChildrenRule = 'each' | 'once'

/** So many working days after the day of the start: at the same time of day, or at closing time. */
export interface WorkingDays {
  readonly count: number
  readonly end: 'same-time' | 'closing'
}

/** What one priority is promised: milliseconds of service time, in these hours. */
export interface ClockTarget {
  /** Of a target in working days only what stands for it while none is to come: when it starts, they are counted. */
  readonly targetMs: number
  readonly open: OpenTime
  readonly days?: WorkingDays | undefined
}

/** What an agreement says about one metric. */
export interface ClockTerms {
  readonly metric: ClockMetric
  /** Service time, in milliseconds. Reaching it is keeping it. */
  readonly targetMs: number
  readonly days?: WorkingDays | undefined
  /** Reasons that pause this clock. None for the response: nobody waits for the customer before the first answer. */
  readonly pausedBy: readonly PauseReason[]
  readonly reopen: ReopenPolicy
  readonly boundary: Boundary
  readonly onPriorityChange: Readonly<Record<PriorityChangeReason, PriorityChangeMode>>
  /** What becomes of the clock of a ticket that is made part of another: it goes on (also without a word), or ends uncounted. */
  readonly children?: ChildrenRule
  /**
   * Targets by priority, for tickets whose priority changes; null is a priority for which nothing was promised. Without
   * it, or for a priority that is not in it, `targetMs` and the calendar given hold whatever the priority.
   */
  readonly byPriority?: Readonly<Record<string, ClockTarget | null>>
}

export type ClockEventKind =
  | 'opened'
  | 'responded'
  | 'asked'
  | 'updated'
  | 'restored'
  | 'paused'
  | 'resumed'
  | 'resolved'
  | 'reopened'
  | 'closed'
  | 'cancelled'
  | 'joined'
  | 'priority'
  | 'team'

/**
 * What of an incident's history matters to clocks, with the moment it was true. Sorted by `at`, then by sequence.
 *
 * - `opened` may carry the first `team` and `priority`; `team` and `priority` carry the new one.
 * - `paused` begins the pause of its `reason` (`other` without one), beside others that last. `resumed` ends the one of
 *   its `reason`, or all without one: who changes the reason of a hold ends the old one and begins the new one.
 * - `joined` makes it part of another ticket; who takes it out again takes this event out.
 * - `asked` is a message of the requester that wants an answer, `updated` one of ours to those affected.
 */
export interface ClockEvent {
  readonly at: number
  readonly kind: ClockEventKind
  /** Of `opened`: when the service was first impaired, if that was before; restoring is counted from there. */
  readonly impairedAt?: number
  readonly reason?: PauseReason
  /** Of `cancelled`, where more is known. */
  readonly cancelledFor?: CancelledFor
  readonly team?: string
  readonly priority?: string
  readonly priorityReason?: PriorityChangeReason
}

export type ClockState =
  | 'not-started'
  | 'running'
  | 'paused'
  | 'met'
  | 'breached-running'
  | 'breached-stopped'
  | 'cancelled'

/** Why a ticket was cancelled: there is another of the same, it was none, or it was a request and no incident. */
export const cancelledFor = ['duplicate', 'mistake', 'reclassified'] as const
export type CancelledFor = (typeof cancelledFor)[number]

/** Why a clock ended without a result; `part`: it counts once, together with the ticket that this one is part of. */
export type CancelReason = 'cancelled' | 'priority-changed' | 'no-target' | 'part' | CancelledFor

/**
 * A stretch of wall-clock time `[from, to)`. Of a run, what falls into open time counts. A pause's reason is why, or
 * `resolved` between a resolution and a reopening; a run's reason is a wait that the agreement lets pass.
 */
export interface ClockSegment {
  readonly from: number
  readonly to: number
  readonly kind: 'run' | 'pause'
  readonly reason: PauseReason | 'resolved' | null
  readonly team: string | null
}

export interface ClockResult {
  readonly metric: ClockMetric
  readonly state: ClockState
  readonly startAt: number | null
  readonly stoppedAt: number | null
  /**
   * When the target is or was reached if nothing stops the clock; kept as a fact after stopping. Null while paused (with
   * time left), when cancelled, and when the calendar never opens again.
   */
  readonly dueAt: number | null
  /** From when on the elapsed time exceeds the target. Later than `dueAt` when that fell on closing time. */
  readonly breachedAt: number | null
  /** Service time counted until it stopped, or until `now`. */
  readonly elapsedMs: number
  readonly targetMs: number
  /** Of `elapsedMs`, what was carried over from a former priority in proportion, and lies in no segment. */
  readonly carriedMs: number
  readonly segments: readonly ClockSegment[]
  /** It was breached at the moment a changed priority attached it: one notification, not one for each threshold. */
  readonly breachedOnAttach: boolean
  readonly cancelReason: CancelReason | null
  /** The hours it was counted in: those of the last priority. */
  readonly open: OpenTime
  /** Clocks that this one replaced (a changed priority, a reopening, the update before), oldest first. */
  readonly earlier: readonly ClockResult[]
}
