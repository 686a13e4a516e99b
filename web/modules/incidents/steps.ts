import { incidentLifecycle, type IncidentState } from '#api/incidents'

/** What can be done with an incident's state, in the order in which it is offered. */
export const steps = ['begin', 'resume', 'restore', 'resolve', 'close', 'reopen', 'hold', 'cancel'] as const
export type Step = (typeof steps)[number]

/** Steps that need words or a reason before they are taken. */
export const askingSteps = ['hold', 'resolve', 'reopen', 'cancel'] as const
export type AskingStep = (typeof askingSteps)[number]

export function asks(step: Step): step is AskingStep {
  return (askingSteps as readonly Step[]).includes(step)
}

/** What is most likely next, if anything is. */
const next: Readonly<Record<IncidentState, Step | null>> = {
  new: 'begin',
  assigned: 'begin',
  'in-progress': 'resolve',
  'on-hold': 'resume',
  restored: 'resolve',
  resolved: 'close',
  closed: null,
  cancelled: null,
}

export interface Offered {
  readonly main: Step | null
  readonly others: readonly Step[]
}

/** The steps out of a state: the likely one, and the others. */
export function offeredIn(state: IncidentState): Offered {
  const main = next[state]
  const possible = Object.keys(incidentLifecycle[state])
  return { main, others: steps.filter((step) => step !== main && possible.includes(step)) }
}

/** The state that a step leads to; the same whatever state it begins in. */
export function stateAfter(step: Step): IncidentState {
  const leads: Readonly<Record<Step, IncidentState>> = {
    begin: 'in-progress',
    resume: 'in-progress',
    reopen: 'in-progress',
    restore: 'restored',
    resolve: 'resolved',
    close: 'closed',
    hold: 'on-hold',
    cancel: 'cancelled',
  }
  return leads[step]
}
