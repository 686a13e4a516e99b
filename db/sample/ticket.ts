import type { PauseReason, PriorityChangeReason } from '#core/clock-terms.ts'
import type { Level, Priority } from './company.ts'
import type { Channel } from './wording.ts'

export type State = 'new' | 'assigned' | 'in-progress' | 'on-hold' | 'restored' | 'resolved' | 'closed' | 'cancelled'

/** Something that happened to a ticket. Facts hold ids as the company has them. */
export interface SampleFact {
  readonly kind: `incident.${string}`
  /** Epoch milliseconds. */
  readonly at: number
  readonly facts: Readonly<Record<string, unknown>>
  readonly visibility: 'public' | 'internal'
  readonly actorId: string | null
}

/** A ticket as it stands at the end of the period, and everything that made it so. */
export interface SampleTicket {
  readonly customerId: string
  readonly title: string
  readonly description: string
  readonly state: State
  readonly pauseReason: string | null
  readonly impact: Level
  readonly urgency: Level
  readonly priority: Priority
  readonly category: string
  readonly channel: Channel
  readonly siteId: string
  readonly serviceId: string
  readonly teamId: string | null
  readonly assigneeId: string | null
  readonly requesterId: string | null
  readonly openedAt: number
  readonly respondedAt: number | null
  readonly restoredAt: number | null
  readonly resolvedAt: number | null
  readonly closedAt: number | null
  readonly updatedAt: number
  readonly resolution: string | null
  readonly reopenCount: number
  readonly hopCount: number
  readonly source: null
  readonly sourceKey: null
  readonly reportedMet: null
  readonly history: readonly SampleFact[]
}

export interface Rating {
  readonly impact: Level
  readonly urgency: Level
  readonly priority: Priority
}

/** What a ticket is about; its course is in its history. */
export type Matter = Pick<
  SampleTicket,
  'customerId' | 'title' | 'description' | 'category' | 'channel' | 'siteId' | 'serviceId' | 'requesterId'
>

/** Writes down what happens to one ticket, in the order of time. */
export interface Chronicle {
  readonly facts: readonly SampleFact[]
  /** When the last thing happened. */
  readonly last: () => number
  readonly state: () => State
  readonly open: (
    at: number,
    rating: Rating,
    opening: { readonly state: State; readonly channel: Channel; readonly actorId: string | null },
  ) => void
  readonly assign: (
    at: number,
    to: { readonly team?: string; readonly assignee?: string | null },
    actorId: string | null,
  ) => void
  readonly enter: (
    at: number,
    to: State,
    entering: { readonly reason?: PauseReason; readonly note?: string; readonly actorId: string | null },
  ) => void
  readonly note: (at: number, text: string, visibility: 'public' | 'internal', actorId: string | null) => void
  readonly rate: (
    at: number,
    rating: Rating,
    why: { readonly reason: PriorityChangeReason; readonly note: string; readonly actorId: string | null },
  ) => void
}

export function chronicle(): Chronicle {
  const facts: SampleFact[] = []
  let state: State = 'new'
  let team: string | null = null
  let assignee: string | null = null
  let rating: Rating | null = null

  function add(
    kind: SampleFact['kind'],
    at: number,
    visibility: SampleFact['visibility'],
    actorId: string | null,
    told: SampleFact['facts'],
  ) {
    // Systems write whole seconds, and nothing happens before what it follows.
    const second = Math.floor(at / 1000) * 1000
    facts.push({ kind, at: Math.max(second, facts.at(-1)?.at ?? second), facts: told, visibility, actorId })
  }

  return {
    facts,
    last: () => facts.at(-1)!.at,
    state: () => state,
    open: (at, rated, { state: first, channel, actorId }) => {
      state = first
      rating = rated
      const { priority, impact, urgency } = rated
      add('incident.opened', at, 'public', actorId, { priority, impact, urgency, state, channel })
    },
    assign: (at, to, actorId) => {
      const told: Record<string, unknown> = {}
      if (to.team !== undefined && to.team !== team) {
        told['team'] = { from: team, to: to.team }
        team = to.team
      }
      if (to.assignee !== undefined && to.assignee !== assignee) {
        told['assignee'] = { from: assignee, to: to.assignee }
        assignee = to.assignee
      }
      if (Object.keys(told).length > 0) add('incident.assigned', at, 'internal', actorId, told)
    },
    enter: (at, to, { reason, note, actorId }) => {
      add('incident.state', at, 'public', actorId, {
        from: state,
        to,
        ...(reason && { reason }),
        ...(note && { note }),
      })
      state = to
    },
    note: (at, text, visibility, actorId) => add('incident.note', at, visibility, actorId, { text }),
    rate: (at, rated, { reason, note, actorId }) => {
      const { priority: to, impact, urgency } = rated
      add('incident.priority', at, 'public', actorId, { from: rating!.priority, to, reason, impact, urgency, note })
      rating = rated
    },
  }
}

type Writable<Type> = { -readonly [Key in keyof Type]: Type[Key] }

/** What a ticket has become by the last of its facts that happened before `until`. */
export function ticketOf(matter: Matter, all: readonly SampleFact[], until: number): SampleTicket {
  const history = all.filter(({ at }) => at < until)
  const { at: openedAt, facts: opening } = history[0]!
  const ticket: Writable<SampleTicket> = {
    ...matter,
    state: opening['state'] as State,
    pauseReason: null,
    ...(opening as unknown as Rating),
    channel: matter.channel,
    teamId: null,
    assigneeId: null,
    openedAt,
    respondedAt: null,
    restoredAt: null,
    resolvedAt: null,
    closedAt: null,
    updatedAt: history.at(-1)!.at,
    resolution: null,
    reopenCount: 0,
    hopCount: 0,
    source: null,
    sourceKey: null,
    reportedMet: null,
    history,
  }
  for (const { kind, at, facts } of history) {
    if (kind === 'incident.assigned') applyAssignment(ticket, facts)
    if (kind === 'incident.state') applyState(ticket, at, facts)
    if (kind === 'incident.priority') {
      ticket.priority = facts['to'] as Priority
      ticket.impact = facts['impact'] as Level
      ticket.urgency = facts['urgency'] as Level
    }
  }
  return ticket
}

interface Change {
  readonly from: string | null
  readonly to: string | null
}

function applyAssignment(ticket: Writable<SampleTicket>, facts: SampleFact['facts']): void {
  const team = facts['team'] as Change | undefined
  const assignee = facts['assignee'] as Change | undefined
  if (team !== undefined) {
    // Before a person has worked on it, another team was a wrong address, not a hop.
    if (team.from !== null && ticket.respondedAt !== null) ticket.hopCount += 1
    ticket.teamId = team.to
  }
  if (assignee !== undefined) ticket.assigneeId = assignee.to
}

function applyState(ticket: Writable<SampleTicket>, at: number, facts: SampleFact['facts']): void {
  const from = ticket.state
  const to = facts['to'] as State
  ticket.state = to
  ticket.pauseReason = to === 'on-hold' ? (facts['reason'] as string) : null
  if (to !== 'new' && to !== 'assigned' && to !== 'cancelled') ticket.respondedAt ??= at
  if (to === 'restored') ticket.restoredAt = at
  if (to === 'closed') ticket.closedAt = at
  if (to === 'resolved') {
    ticket.resolvedAt = at
    ticket.resolution = facts['note'] as string
  }
  if (to === 'in-progress' && (from === 'resolved' || from === 'closed')) {
    ticket.reopenCount += 1
    ticket.resolvedAt = null
    ticket.closedAt = null
  }
}
