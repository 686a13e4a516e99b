import type { CancelledFor, ClockEvent, PauseReason, PriorityChangeReason } from '#core/clock-terms.ts'
import { type CorrectableFact, correctedHistory } from '#core/corrected-facts.ts'
import type { IncidentState } from './incident.ts'

/** A fact of an incident's history, as far as clocks are concerned. */
export interface IncidentFact extends CorrectableFact {
  /** Only a message that those affected can read is an update; public unless given. */
  readonly visibility?: 'public' | 'internal'
}

/** The facts that every clock is counted from; that of the next update also from public messages. */
export const clockFacts = [
  'incident.opened',
  'incident.state',
  'incident.responded',
  'incident.priority',
  'incident.assigned',
  'incident.corrected',
  'incident.linked',
  'incident.unlinked',
] as const

const isDone = (state: unknown) => state === 'resolved' || state === 'closed' || state === 'cancelled'

/**
 * What an incident's history means for its clocks, in its order (by moment, then as recorded). A state that says a person
 * works on it, waits or is done is a response, if none was there before.
 */
export function clockEventsOf(history: readonly IncidentFact[]): ClockEvent[] {
  const events: ClockEvent[] = []
  let state: IncidentState = 'new'
  let responded = false
  let toldLate = false
  for (const { kind, at, facts, visibility = 'public' } of correctedFacts(history)) {
    if (kind === 'incident.opened') {
      const impaired = typeof facts['impairedAt'] === 'string' ? { impairedAt: Date.parse(facts['impairedAt']) } : {}
      events.push({ at, kind: 'opened', ...impaired, ...teamOf(facts['team']), ...priorityOf(facts['priority']) })
      const first = facts['state'] as IncidentState | undefined
      if (first !== undefined && first !== 'new') enter(first, at, facts)
    } else if (kind === 'incident.state') {
      // Cancelled wrongly, and taken back: as if it had not been.
      if (facts['undone'] === true) takeOut('cancelled')
      enter(facts['to'] as IncidentState, at, facts)
    } else if (kind === 'incident.linked') {
      if (facts['link'] === 'child-of') events.push({ at, kind: 'joined' })
    } else if (kind === 'incident.unlinked') {
      if (facts['link'] === 'child-of') takeOut('joined')
    } else if (kind === 'incident.note') {
      if (visibility === 'public') events.push({ at, kind: 'updated' })
    } else if (kind === 'incident.responded') {
      respond(at)
    } else if (kind === 'incident.priority') {
      const priorityReason = (facts['reason'] as PriorityChangeReason | undefined) ?? 'correction'
      events.push({ at, kind: 'priority', priorityReason, ...priorityOf(facts['to']) })
    } else if (kind === 'incident.assigned') {
      const team = (facts['team'] as { to?: unknown } | undefined)?.to
      if (team !== undefined) events.push({ at, kind: 'team', ...teamOf(team) })
    }
  }
  // A pause that was told late counts from then on, and other things happened meanwhile.
  return toldLate ? events.toSorted((one, other) => one.at - other.at) : events

  function takeOut(kind: ClockEvent['kind']): void {
    const index = events.findLastIndex((event) => event.kind === kind)
    if (index >= 0) events.splice(index, 1)
    if (kind === 'cancelled') state = 'in-progress'
  }

  function enter(
    next: IncidentState,
    at: number,
    { reason, countsFrom, cancelledFor: why }: IncidentFact['facts'],
  ): void {
    if (isDone(state) && !isDone(next)) events.push({ at, kind: 'reopened' })
    else if (state === 'on-hold') resume(at)
    if (next !== 'new' && next !== 'assigned' && next !== 'cancelled') respond(at)
    if (next === 'on-hold') {
      const from = typeof countsFrom === 'string' ? Math.max(at, Date.parse(countsFrom)) : at
      toldLate ||= from > at
      events.push({ at: from, kind: 'paused', reason: (reason as PauseReason | undefined) ?? 'other' })
    }
    if (next === 'restored') events.push({ at, kind: 'restored' })
    if (next === 'resolved') events.push({ at, kind: 'resolved' })
    if (next === 'closed') {
      if (state !== 'resolved') events.push({ at, kind: 'resolved' })
      events.push({ at, kind: 'closed' })
    }
    if (next === 'cancelled')
      events.push({ at, kind: 'cancelled', ...(typeof why === 'string' && { cancelledFor: why as CancelledFor }) })
    state = next
  }

  /** One that was over before it was told never counted. */
  function resume(at: number): void {
    const paused = events.findLastIndex(({ kind }) => kind === 'paused')
    if (paused >= 0 && events[paused]!.at > at) events.splice(paused, 1)
    else events.push({ at, kind: 'resumed' })
  }

  function respond(at: number): void {
    if (responded) return
    responded = true
    events.push({ at, kind: 'responded' })
  }
}

/** Who held an incident first; null when nobody did. */
export function firstTeamOf(events: readonly ClockEvent[]): string | null {
  return events.find(({ team }) => team !== undefined)?.team ?? null
}

/** A history as it is known now: what a correction says of a fact holds instead of what was recorded first. */
export function correctedFacts(history: readonly IncidentFact[]): readonly IncidentFact[] {
  return correctedHistory(history, 'incident.corrected')
}

function teamOf(team: unknown): { team?: string } {
  return typeof team === 'string' && team !== '' ? { team } : {}
}

function priorityOf(priority: unknown): { priority?: string } {
  return typeof priority === 'string' ? { priority } : {}
}
