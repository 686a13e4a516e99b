import { Failure } from '#core/failure.ts'
import type { PauseReason } from '#core/clock-terms.ts'
import type { Context } from '#platform/context.ts'
import { withCommit } from '#platform/database.ts'
import { record, writeFacts } from '#platform/history.ts'
import { transitIncident } from './transit.ts'
import { lockIncident, updateIncident } from './queries.ts'

/** What somebody outside wrote about an incident. */
export interface Answer {
  readonly text: string
  /** What they left standing below it; empty when nothing. */
  readonly quoted: string
  readonly author: { readonly id: string | null; readonly name: string; readonly email: string }
  /** Id of the mail that it came by, if it did. */
  readonly mail?: string
}

/** Reasons to wait that end when somebody outside answers. */
const WAITS_FOR_ANSWER: readonly PauseReason[] = ['awaiting-requester', 'awaiting-customer', 'customer-delay']

/**
 * Writes down what somebody outside answered. What waited for an answer goes on from now on; what was resolved is reopened,
 * as long as the agreement lets it. It is no message of ours: no clock counts it as a response or an update.
 *
 * @returns `over` when the incident is closed, cancelled or resolved for too long; then nothing was written.
 */
export async function takeAnswer(context: Context, incidentId: string, answer: Answer): Promise<'taken' | 'over'> {
  const { db, now } = context
  const incident = await lockIncident(db, incidentId)
  if (incident.state === 'closed' || incident.state === 'cancelled') return 'over'
  if (incident.state === 'resolved' && !(await reopened(context, incidentId))) return 'over'
  const { text, quoted, author, mail } = answer
  await record(
    { ...context, actor: { ...context.actor, personId: author.id } },
    {
      subjectType: 'incident',
      subjectId: incident.id,
      customerId: incident.customerId,
      kind: 'incident.answer',
      facts: { text, ...(quoted && { quoted }), author: author.name || author.email, ...(mail && { mail }) },
      visibility: 'public',
    },
  )
  const waits = incident.state === 'on-hold' && WAITS_FOR_ANSWER.includes(incident.pauseReason as PauseReason)
  if (waits) await transitIncident(context, incidentId, { to: 'in-progress' }, 'answered')
  else await updateIncident(db, incident.id, { updatedAt: now })
  return 'taken'
}

async function reopened(context: Context, incidentId: string): Promise<boolean> {
  try {
    await transitIncident(context, incidentId, { to: 'in-progress' }, 'answered')
    return true
  } catch (error) {
    if (error instanceof Failure && error.code === 'incident.reopen-late') return false
    throw error
  }
}

/** Writes down with the commit, for the provider's eyes, by which mail an incident came that was just declared. */
export function noteOrigin(
  context: Context,
  { id, customerId }: { readonly id: string; readonly customerId: string },
  facts: { readonly mail: string; readonly files: number },
): void {
  const fact = { subjectType: 'incident', subjectId: id, customerId, kind: 'incident.mail' } as const
  withCommit(context.db, [writeFacts(context, [{ ...fact, facts: { ...facts, outcome: 'ticket' } }])])
}

/** Writes down, for the provider's eyes, that something came for an incident that no person wrote. */
export async function noteArrival(
  context: Context,
  incidentId: string,
  facts: {
    /** The one that came; none where one of ours could not be sent. */
    readonly mail?: string
    readonly outcome: string
    readonly reason: string
    readonly recipient: string
  },
): Promise<void> {
  const { id, customerId } = await lockIncident(context.db, incidentId)
  await record(context, { subjectType: 'incident', subjectId: id, customerId, kind: 'incident.mail', facts })
}
