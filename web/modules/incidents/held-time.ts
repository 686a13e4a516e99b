import type { ExplanationStep, HistoryEntry } from '#api/incidents'

/** Service time for which one team had an incident; null before anybody had it. */
export interface HeldTime {
  readonly team: string | null
  readonly seconds: number
}

/**
 * Who had the time that a clock counted, in the order in which they first had it. A stretch belongs to the team that had the
 * incident when it began: the explanation begins a new one whenever the team changes.
 */
export function heldByTeam(steps: readonly ExplanationStep[], history: readonly HistoryEntry[]): readonly HeldTime[] {
  const held = new Map<string | null, number>()
  const handed = history.flatMap(({ kind, occurredAt, facts }) => {
    const team =
      kind === 'incident.opened' ? facts['team'] : kind === 'incident.assigned' ? newOf(facts['team']) : undefined
    return team === undefined ? [] : [{ at: occurredAt.getTime(), team: typeof team === 'string' ? team : null }]
  })
  for (const { from, countedSeconds } of steps) {
    if (countedSeconds === 0) continue
    const team = handed.findLast(({ at }) => at <= from.getTime())?.team ?? null
    held.set(team, (held.get(team) ?? 0) + countedSeconds)
  }
  return [...held].map(([team, seconds]) => ({ team, seconds }))
}

function newOf(change: unknown): unknown {
  return typeof change === 'object' && change !== null && 'to' in change ? change.to : undefined
}
