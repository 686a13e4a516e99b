import { newId } from '#core/id.ts'
import type { Context } from '#platform/context.ts'
import { writeFacts } from '#platform/history.ts'
import type { directions, EscalationState, kinds, sources } from './escalation.ts'

/** An escalation with the way it went so far. */
interface WrittenEscalation {
  readonly customerId: string
  readonly incidentId: string
  readonly source: (typeof sources)[number]
  readonly direction: (typeof directions)[number]
  readonly kind: (typeof kinds)[number]
  readonly level: number
  readonly reason: string
  readonly ownerId: string
  readonly agreedOutcome: string | null
  readonly raiserSatisfied: number | null
  readonly nextUpdateDue: Date | null
  /** Its states and when each began, `raised` first. */
  readonly states: readonly { readonly to: EscalationState; readonly at: Date }[]
}

/** Writes an escalation down, with each of its steps in the history of its incident. Nobody is told of it. */
export async function writeEscalation(context: Context, given: WrittenEscalation): Promise<void> {
  const { states, ...row } = given
  const [raised, ...moves] = states
  const last = states.at(-1)
  if (raised === undefined || last === undefined) return
  const id = newId(raised.at.getTime())
  const when = (state: EscalationState) => states.find(({ to }) => to === state)?.at ?? null
  const closedAt = when('confirmed')
  await context.db
    .insertInto('escalation')
    .values({
      ...row,
      id,
      state: last.to,
      raisedBy: null,
      raisedAt: raised.at,
      acknowledgedAt: when('acknowledged'),
      closedAt,
    })
    .execute()
  const { level, reason, source, direction, incidentId, customerId } = given
  const about = { subjectType: 'incident', subjectId: incidentId, customerId } as const
  const visibility = source === 'customer' || source === 'user' ? 'public' : 'internal'
  const facts = { escalation: id, level, reason, source, direction }
  const told = { ...about, kind: 'incident.escalated', facts, visibility } as const
  await context.db.executeQuery(writeFacts({ ...context, now: raised.at }, [told]))
  for (const [index, { to, at }] of moves.entries()) {
    const moved = { escalation: id, from: states[index]!.to, to }
    const fact = { ...about, kind: 'incident.escalation-state', facts: moved, visibility } as const
    await context.db.executeQuery(writeFacts({ ...context, now: at }, [fact]))
  }
}
