import { barredFromManaging } from '#core/may.ts'
import { sees } from '#modules/incidents'
import { actorsOf } from '#modules/people'
import type { Actor, Context } from '#platform/context.ts'
import { seenAs } from '#platform/database.ts'

/** Somebody who sets up what goes on by itself, as long as they may. */
export async function managing(context: Context, personId: string): Promise<Actor | null> {
  const actor = (await actorsOf(context, [personId])).get(personId)
  return actor === undefined || barredFromManaging(actor) !== null ? null : actor
}

/** Whether a webhook may be told of an incident now, or of none: its owner manages still, and sees it. */
export async function mayBeTold(context: Context, ownerId: string, incidentId: string | null): Promise<boolean> {
  const owner = await managing(context, ownerId)
  if (owner === null) return false
  return incidentId === null || seenAs(context.db, owner, () => sees(context.db, incidentId))
}
