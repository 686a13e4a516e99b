import type { BulkFact } from '#modules/incidents'
import type { Change, Values } from './change.ts'
import { standing } from './standing.ts'

/** A fact that is in the history already. */
export interface StoredFact extends BulkFact {
  readonly sequence: number
  readonly known: true
}

export type TicketFact = BulkFact & { readonly sequence: number }

/** Facts of one change take this many places in the order of their moment. */
const PLACES = 8

/** The event that a fact came from; its key is the event's and a letter. */
export function eventOf(sourceKey: string): string {
  return sourceKey.slice(0, sourceKey.lastIndexOf(':'))
}

/**
 * Facts of a ticket that is new: the opening, and for each change what became different. A change that makes no difference
 * makes no fact.
 */
export function factsOf(changes: readonly Change[]): TicketFact[] {
  const facts: TicketFact[] = []
  let before: Values = { teamId: null, assigneeId: null }
  for (const change of changes) {
    if (change.is === 'opening') facts.push(opening(change))
    else facts.push(...differences(before, change))
    before = { ...before, ...change.values }
  }
  return facts
}

/**
 * Of the changes of a ticket that is there already, the facts that are not in its history. A change whose facts are there
 * is known. In a log (`continuous`), each row is compared with the row before it; the first, and every row of an export of
 * tickets, with what the history said at that moment, and in what the history does not keep with the ticket as it stands:
 * that only when the row is later than all that was taken before (`upTo`).
 */
export function newFactsOf(
  changes: readonly Change[],
  {
    stored,
    current,
    upTo,
    continuous,
  }: {
    readonly stored: readonly StoredFact[]
    readonly current: Values
    readonly upTo: number
    readonly continuous: boolean
  },
): { facts: TicketFact[]; told: Values } {
  const known = new Set(stored.flatMap(({ sourceKey }) => (sourceKey === undefined ? [] : [eventOf(sourceKey)])))
  const ofSource = stored.filter(({ sourceKey }) => sourceKey !== undefined)
  const facts: TicketFact[] = []
  let before: Values | undefined
  let told: Values = {}
  for (const change of changes) {
    if (change.is === 'opening' || change.is === 'first-holder') continue
    if (!known.has(change.event)) {
      const base = before ?? {
        ...(change.at > upTo && current),
        ...standingAt([...ofSource, ...facts], change),
        ...(change.at <= upTo && unsaid(change.values)),
      }
      const different = differences(base, change)
      facts.push(...different)
      if (different.length > 0) told = { ...told, ...differing(base, change.values) }
    }
    if (continuous) before = { ...before, ...change.values }
  }
  return { facts, told }
}

/** What the history does not keep, taken to be no news. */
function unsaid(values: Values): Values {
  const {
    state: _state,
    reason: _reason,
    priority: _priority,
    teamId: _teamId,
    assigneeId: _assigneeId,
    ...rest
  } = values
  return rest
}

function differing(base: Values, values: Values): Values {
  return Object.fromEntries(Object.entries(values).filter(([field, value]) => base[field as keyof Values] !== value))
}

function opening({ event, at, values }: Change): TicketFact {
  const { priority, impact, urgency, state, channel } = values
  return {
    kind: 'incident.opened',
    at,
    sequence: 0,
    facts: { priority, impact, urgency, state, ...(channel !== undefined && { channel }) },
    visibility: 'public',
    sourceKey: `${event}:o`,
  }
}

/** What became different by a change, as facts. Of what was not known before, nothing is said. */
function differences(before: Values, { event, at, sequence, values, activity, is }: Change): TicketFact[] {
  const facts: TicketFact[] = []
  const place = sequence * PLACES
  if (activity !== undefined) {
    facts.push({
      kind: 'incident.activity',
      at,
      sequence: place + 5,
      facts: { activity: activity.name, ...(hasAny(activity.own) && { own: activity.own }) },
      visibility: 'internal',
      sourceKey: `${event}:x`,
    })
  }
  if (is === 'answer') {
    facts.push({
      kind: 'incident.responded',
      at,
      sequence: place,
      facts: {},
      visibility: 'public',
      sourceKey: `${event}:r`,
    })
  }
  const { state, reason = null, priority, impact, urgency } = values
  if (state !== undefined && (state !== before.state || reason !== (before.reason ?? null))) {
    facts.push({
      kind: 'incident.state',
      at,
      sequence: place + 1,
      facts: { from: before.state ?? null, to: state, ...(reason !== null && { reason }) },
      visibility: 'public',
      sourceKey: `${event}:s`,
    })
  }
  if (priority !== undefined && priority !== before.priority) {
    facts.push({
      kind: 'incident.priority',
      at,
      sequence: place + 2,
      facts: {
        from: before.priority ?? null,
        to: priority,
        reason: 'correction',
        ...(impact && { impact }),
        ...(urgency && { urgency }),
      },
      visibility: 'public',
      sourceKey: `${event}:p`,
    })
  }
  const assigned = {
    ...step('team', before.teamId, values.teamId),
    ...step('assignee', before.assigneeId, values.assigneeId),
  }
  if (hasAny(assigned)) {
    facts.push({
      kind: 'incident.assigned',
      at,
      sequence: place + 3,
      facts: assigned,
      visibility: 'internal',
      sourceKey: `${event}:a`,
    })
  }
  const changed: Record<string, unknown> = {}
  for (const field of plainFields) {
    if (before[field] !== undefined) Object.assign(changed, step(field, before[field], values[field]))
  }
  // Long texts are not kept twice: that they changed is, their words are not.
  if (
    before.description !== undefined &&
    values.description !== undefined &&
    before.description !== values.description
  ) {
    changed['description'] = {}
  }
  if (hasAny(changed)) {
    facts.push({
      kind: 'incident.changed',
      at,
      sequence: place + 4,
      facts: changed,
      visibility: 'public',
      sourceKey: `${event}:c`,
    })
  }
  return facts
}

const plainFields = [
  'impact',
  'urgency',
  'title',
  'category',
  'channel',
  'siteId',
  'serviceId',
  'requesterId',
  'reportedMet',
] as const

function step(name: string, from: unknown, to: unknown): Record<string, unknown> {
  return to === undefined || to === from ? {} : { [name]: { from: from ?? null, to } }
}

function hasAny(record: object): boolean {
  for (const _ in record) return true
  return false
}

/** What the facts say to have been so just before a change; in order or not. */
function standingAt(facts: readonly TicketFact[], { at, sequence }: Change): Values {
  return standingOf(
    inOrder(facts.filter((fact) => fact.at < at || (fact.at === at && fact.sequence < sequence * PLACES))),
  )
}

export function inOrder<Fact extends { readonly at: number; readonly sequence: number }>(
  facts: readonly Fact[],
): Fact[] {
  return facts.toSorted((one, other) => one.at - other.at || one.sequence - other.sequence)
}

/** What a history in order says to be so at its end. */
function standingOf(facts: readonly BulkFact[]): Values {
  const { state, reason, priority, teamId, assigneeId } = standing(facts)
  return { state, reason, ...(priority !== null && { priority }), teamId, assigneeId }
}
