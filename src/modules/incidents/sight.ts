import { invalid } from '#core/failure.ts'
import { actorsOf, requirePerson } from '#modules/people'
import type { Actor, Context, Db } from '#platform/context.ts'
import { seenAs } from '#platform/database.ts'

/** Throws when somebody cannot hold an incident: it is held by one of the provider's people. */
export async function requireHolder(db: Db, personId: string): Promise<void> {
  const { name, customerId } = await requirePerson(db, personId)
  if (customerId !== null)
    throw invalid('incident.holder-inside', { name }, { errors: [{ path: 'assignee', message: '' }] })
}

/**
 * Of these people those who see the incident now, as they would ask; to be asked in a transaction of the program. Whose
 * account was ended, and who has no role in force there, is left out.
 */
export async function actorsSeeing(
  context: Pick<Context, 'db' | 'now'>,
  incidentId: string,
  personIds: readonly string[],
): Promise<ReadonlyMap<string, Actor>> {
  const seeing = new Map<string, Actor>()
  for (const [id, actor] of await actorsOf(context, personIds)) {
    if (await seenAs(context.db, actor, () => sees(context.db, incidentId))) seeing.set(id, actor)
  }
  return seeing
}

/** Whether whoever asks has the incident in sight. */
export async function sees(db: Db, incidentId: string): Promise<boolean> {
  return (await db.selectFrom('incident').select('id').where('id', '=', incidentId).executeTakeFirst()) !== undefined
}
