import type { PauseReason } from '#core/clock-terms.ts'
import type { IncidentState } from '#api/incidents'
import type { Priority } from '#api/service-levels'
import type { BulkFact } from '#modules/incidents'

/** Where a ticket stands at the end of its history, and how it came there. */
export interface Standing {
  readonly state: IncidentState
  readonly reason: PauseReason | null
  readonly priority: Priority | null
  readonly teamId: string | null
  readonly assigneeId: string | null
  readonly respondedAt: number | null
  /** When it came into the state that it ended in, if it did. */
  readonly resolvedAt: number | null
  readonly closedAt: number | null
  readonly reopenCount: number
  /** Changes of team after a person had begun (DOMAIN §2.3.2); what is sent on before that is routing. */
  readonly hopCount: number
  readonly lastAt: number
}

const isDone = (state: IncidentState) => state === 'resolved' || state === 'closed' || state === 'cancelled'
const answers = (state: IncidentState) => state !== 'new' && state !== 'assigned' && state !== 'cancelled'

/** Goes through a history in its order. Works for facts of imports and of people alike. */
export function standing(facts: readonly BulkFact[]): Standing {
  let state: IncidentState = 'new'
  let reason: Standing['reason'] = null
  let priority: Standing['priority'] = null
  let teamId: string | null = null
  let assigneeId: string | null = null
  let respondedAt: number | null = null
  let resolvedAt: number | null = null
  let closedAt: number | null = null
  let reopenCount = 0
  let hopCount = 0
  let lastAt = 0
  const enter = (next: IncidentState, at: number, why: unknown) => {
    if (isDone(state) && !isDone(next)) {
      reopenCount += 1
      resolvedAt = null
      closedAt = null
    }
    if (answers(next)) respondedAt ??= at
    if (next === 'resolved') resolvedAt = at
    if (next === 'closed') closedAt = at
    reason = next === 'on-hold' ? ((why as Standing['reason']) ?? 'other') : null
    state = next
  }
  for (const { kind, at, facts: told } of facts) {
    if (kind === 'incident.imported') continue
    lastAt = Math.max(lastAt, at)
    if (kind === 'incident.opened') {
      priority = told['priority'] as Standing['priority']
      enter(told['state'] as IncidentState, at, told['reason'])
    } else if (kind === 'incident.state') enter(told['to'] as IncidentState, at, told['reason'])
    else if (kind === 'incident.priority') priority = told['to'] as Standing['priority']
    else if (kind === 'incident.responded') respondedAt ??= at
    else if (kind === 'incident.assigned') {
      const { team, assignee } = told as Readonly<
        Record<'team' | 'assignee', { readonly to: string | null } | undefined>
      >
      if (team !== undefined) {
        if (respondedAt !== null && respondedAt < at && teamId !== null && team.to !== null) hopCount += 1
        teamId = team.to
      }
      if (assignee !== undefined) assigneeId = assignee.to
    }
  }
  return {
    state,
    reason,
    priority,
    teamId,
    assigneeId,
    respondedAt,
    resolvedAt,
    closedAt,
    reopenCount,
    hopCount,
    lastAt,
  }
}
