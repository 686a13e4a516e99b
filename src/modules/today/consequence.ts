import type { Priority } from '#api/service-levels'

/** What is lost if something waits, the worst first: work stands still · a promise breaks · people wait · a report lacks · paper. */
export const stakes = ['production', 'promise', 'people', 'report', 'paper'] as const
export type Stake = (typeof stakes)[number]

/**
 * Why an incident needs somebody now, the strongest first: a promise is broken · will be soon · nobody has it · it came
 * back · it was given to whoever asks and is not begun · it is in their hands · it is their team's and nobody has it · it
 * waits for the asker's answer.
 */
export const incidentReasons = [
  'late',
  'due-soon',
  'unassigned',
  'reopened',
  'yours',
  'mine',
  'team',
  'answer',
] as const
export type IncidentReason = (typeof incidentReasons)[number]

/** What decides where something stands in the list. */
export interface Weighed {
  readonly stake: Stake
  readonly priority?: Priority
  readonly why: string | readonly string[]
  /** When a promise breaks or broke, a version ends, a year begins. */
  readonly due: Date | null
}

/** P1 and P2: somebody's work stands still or is about to (DOMAIN §3.6). */
export function standsStill(priority: Priority): boolean {
  return priority === 'p1' || priority === 'p2'
}

export function stakeOf(priority: Priority, why: readonly IncidentReason[]): Stake {
  const broken = why.includes('late') || why.includes('due-soon') || why.includes('unassigned')
  if (broken && standsStill(priority)) return 'production'
  return broken ? 'promise' : 'people'
}

/**
 * The order of the list. By stake; where work stands still the graver priority first. Among promises those that can still
 * be kept come before those that are broken, for by waiting only the first are lost. Then by when, what has no moment last.
 */
export function byConsequence(one: Weighed, other: Weighed): number {
  return (
    stakes.indexOf(one.stake) - stakes.indexOf(other.stake) ||
    (one.stake === 'production' ? priorityOf(one) - priorityOf(other) : lost(one) - lost(other)) ||
    (one.due?.getTime() ?? Infinity) - (other.due?.getTime() ?? Infinity) ||
    priorityOf(one) - priorityOf(other)
  )
}

function lost({ stake, why }: Weighed): number {
  return stake === 'promise' && why.includes('late') ? 1 : 0
}

function priorityOf({ priority = 'p5' }: Weighed): number {
  return Number(priority.slice(1))
}
