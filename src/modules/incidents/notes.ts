import { refused } from '#core/failure.ts'
import { newId } from '#core/id.ts'
import { barredFromWorking, require } from '#core/may.ts'
import type { Context } from '#platform/context.ts'
import { audit, record } from '#platform/history.ts'
import { owesUpdate } from './clocks.ts'
import type { IncidentState } from './incident.ts'
import { requireMentionable } from './mentions.ts'
import { lockIncident, updateIncident } from './queries.ts'
import { recountClocks } from './recount.ts'

/** Where an incident is over, nobody reads a note any more. */
export function requireNotOver({ number, state }: { readonly number: string; readonly state: IncidentState }): void {
  if (state === 'closed' || state === 'cancelled') throw refused('incident.note-over', { incident: number, state })
}

/** Adds a note to the history. */
export async function addNote(
  context: Context,
  idOrNumber: string,
  {
    text,
    visibility,
    mentions = [],
  }: { text: string; visibility: 'internal' | 'public'; mentions?: readonly string[] },
) {
  require(barredFromWorking(context.actor))
  const { db, now } = context
  const incident = await lockIncident(db, idOrNumber)
  requireNotOver(incident)
  const about = { subjectType: 'incident', subjectId: incident.id, customerId: incident.customerId } as const
  const mentioned = await requireMentionable(context, incident.id, { mentions, visibility })
  const facts = { text, ...(mentioned.length > 0 && { mentions: mentioned }) }
  await record(context, { ...about, kind: 'incident.note', facts, visibility })
  await audit(context, { action: 'incident.note', ...about })
  const answers = visibility === 'public' && incident.respondedAt === null
  if (answers) await record(context, { ...about, kind: 'incident.responded', visibility: 'public' })
  await updateIncident(db, incident.id, { updatedAt: now, ...(answers && { respondedAt: now }) })
  const updates = visibility === 'public' && !answers && (await owesUpdate(db, incident.id))
  if (answers || updates) await recountClocks(context, incident.id)
  return {
    id: newId(now.getTime()),
    kind: 'incident.note',
    occurredAt: now,
    recordedAt: now,
    actor: null,
    visibility,
    facts,
  }
}
