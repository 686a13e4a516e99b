import type { OpenTime } from '#core/calendar.ts'
import { byNow, runClock } from '#core/clock.ts'
import type { ClockEvent, ClockResult, WorkingDays } from '#core/clock-terms.ts'
import { type CorrectableFact, correctedHistory } from '#core/corrected-facts.ts'
import type { Lifecycle } from '#core/lifecycle.ts'

/** DOMAIN §2.3.4. */
export const requestStates = [
  'draft',
  'submitted',
  'awaiting-approval',
  'approved',
  'fulfilling',
  'delivered',
  'confirmed',
  'closed',
  'rejected',
  'cancelled',
] as const
export type RequestState = (typeof requestStates)[number]

export const requestLifecycle: Lifecycle<RequestState, string> = {
  draft: { submit: 'submitted', cancel: 'cancelled' },
  submitted: { ask: 'awaiting-approval', approve: 'approved', cancel: 'cancelled' },
  'awaiting-approval': { approve: 'approved', reject: 'rejected', cancel: 'cancelled' },
  approved: { fulfil: 'fulfilling', deliver: 'delivered', cancel: 'cancelled' },
  fulfilling: { deliver: 'delivered', cancel: 'cancelled' },
  // What is not what was ordered is taken up again.
  delivered: { confirm: 'confirmed', reopen: 'fulfilling', close: 'closed' },
  confirmed: { close: 'closed' },
  closed: {},
  rejected: {},
  cancelled: {},
}

/** States in which somebody still owes something, and the promise runs or waits. */
export const openRequestStates: readonly RequestState[] = ['submitted', 'awaiting-approval', 'approved', 'fulfilling']

export const taskStates = ['waiting', 'open', 'started', 'done', 'failed', 'cancelled'] as const
export type TaskState = (typeof taskStates)[number]

export const taskLifecycle: Lifecycle<TaskState, string> = {
  waiting: {},
  open: { start: 'started', finish: 'done', fail: 'failed' },
  started: { finish: 'done', fail: 'failed', lay: 'open' },
  failed: { start: 'started', finish: 'done' },
  done: {},
  cancelled: {},
}

export const approvalStates = ['later', 'waiting', 'approved', 'rejected', 'skipped', 'cancelled'] as const
export type ApprovalState = (typeof approvalStates)[number]

/** Whose decision it is waited for: while it is the customer's own people's the promise waits, while it is ours it runs. */
export const approvalSides = ['customer', 'provider'] as const
export type ApprovalSide = (typeof approvalSides)[number]

/** A fact of a request's history, as far as its promise is concerned. */
export type RequestFact = CorrectableFact

/** The facts that the promise is counted from. */
export const fulfilmentFacts = [
  'request.ordered',
  'request.approval-asked',
  'request.approval',
  'request.state',
  'request.corrected',
] as const

/** Whether the promise is counted from a fact, so that its moment matters; who was asked counts, whoever it was. */
export function isCounted({ kind, facts }: Pick<RequestFact, 'kind' | 'facts'>): boolean {
  if (kind !== 'request.state') return ['request.ordered', 'request.approval-asked', 'request.approval'].includes(kind)
  const { from, to } = facts
  return to === 'delivered' || to === 'rejected' || to === 'cancelled' || (from === 'delivered' && to === 'fulfilling')
}

/**
 * What a request's history means for its promise, in its order. While the customer's own people decide, it waits for the
 * customer; while ours do, it runs.
 */
export function fulfilmentEventsOf(history: readonly RequestFact[]): ClockEvent[] {
  const events: ClockEvent[] = []
  for (const { kind, at, facts } of correctedHistory(history, 'request.corrected')) {
    if (kind === 'request.ordered') events.push({ at, kind: 'opened' })
    else if (kind === 'request.approval-asked' && facts['side'] === 'customer') {
      events.push({ at, kind: 'paused', reason: 'awaiting-customer' })
    } else if (kind === 'request.approval') events.push({ at, kind: 'resumed', reason: 'awaiting-customer' })
    else if (kind === 'request.state') {
      const { from, to } = facts
      if (to === 'delivered') events.push({ at, kind: 'resolved' })
      if (from === 'delivered' && to === 'fulfilling') events.push({ at, kind: 'reopened' })
      if (to === 'rejected' || to === 'cancelled') events.push({ at, kind: 'cancelled' })
    }
  }
  return events
}

/** The promise of a request by `now`, in the hours that were agreed. */
export function countFulfilment(
  {
    open,
    targetMs,
    days,
  }: { readonly open: OpenTime; readonly targetMs: number; readonly days?: WorkingDays | undefined },
  history: readonly RequestFact[],
  now: number,
): ClockResult {
  const terms = {
    metric: 'fulfilment',
    targetMs,
    days,
    pausedBy: ['awaiting-customer'],
    reopen: 'continue',
    boundary: 'closing',
    onPriorityChange: { correction: 'lock', worsened: 'lock', eased: 'lock' },
  } as const
  const events = fulfilmentEventsOf(history)
  return runClock(terms, open, events, byNow(events, now))
}

/** What becomes of the tasks of a plan once some are done: which stage opens next, or whether all is done. */
export function nextStage(
  tasks: readonly { readonly stage: number; readonly state: string }[],
): number | 'over' | null {
  const left = tasks.filter(({ state }) => state !== 'done')
  if (left.length === 0) return 'over'
  const stage = Math.min(...left.map((task) => task.stage))
  const inIt = left.filter((task) => task.stage === stage)
  return inIt.every(({ state }) => state === 'waiting') ? stage : null
}
