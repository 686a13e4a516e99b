import type { Lifecycle } from '#core/lifecycle.ts'
import { reachable } from '#core/lifecycle.ts'

/** What kind of work it is: somebody goes there, does it from afar, decides, tells somebody, or looks whether it is so. */
export const taskKinds = ['field', 'remote', 'approval', 'comms', 'check'] as const
export type TaskKind = (typeof taskKinds)[number]

export const taskStates = ['open', 'accepted', 'en-route', 'started', 'done', 'failed', 'dropped'] as const
export type TaskState = (typeof taskStates)[number]

/** States in which there is still something to do. */
export const toDoStates = ['open', 'accepted', 'en-route', 'started'] as const satisfies readonly TaskState[]

/** DOMAIN §2.3.7. Nobody is made to take each step: what was done at once is done. */
export const taskLifecycle: Lifecycle<TaskState, string> = {
  open: { accept: 'accepted', depart: 'en-route', start: 'started', finish: 'done', fail: 'failed', drop: 'dropped' },
  accepted: { depart: 'en-route', start: 'started', finish: 'done', fail: 'failed', drop: 'dropped', giveBack: 'open' },
  'en-route': { start: 'started', finish: 'done', fail: 'failed', drop: 'dropped', giveBack: 'open' },
  started: { finish: 'done', fail: 'failed', drop: 'dropped', giveBack: 'open' },
  done: { reopen: 'open' },
  failed: { reopen: 'open' },
  dropped: { reopen: 'open' },
}

/** Where a task can go from here, the likely step first: nobody is on the way to what is done from afar. */
export function nextTaskStates(kind: TaskKind, state: TaskState): readonly TaskState[] {
  return reachable(taskLifecycle, state).filter((next) => kind === 'field' || next !== 'en-route')
}

interface Way {
  readonly departedAt: Date | null
  readonly travelMinutes: number | null
}

const MINUTE_MS = 60_000
const LONGEST_WAY = 1440

/** Whole minutes from setting off until work begins, a day at most; what somebody said holds. Null without a departure. */
export function travelMinutesAt({ departedAt, travelMinutes }: Way, startedAt: Date): number | null {
  if (travelMinutes !== null || departedAt === null) return travelMinutes
  const minutes = Math.round((startedAt.getTime() - departedAt.getTime()) / MINUTE_MS)
  return Math.min(Math.max(minutes, 0), LONGEST_WAY)
}
