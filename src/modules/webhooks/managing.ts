import { barredFromManaging } from '#core/may.ts'
import { sees } from '#modules/incidents'
import { seesRequest } from '#modules/requests'
import { actorsOf } from '#modules/people'
import type { Actor, Context } from '#platform/context.ts'
import { seenAs } from '#platform/database.ts'

/** Somebody who sets up what goes on by itself, as long as they may. */
export async function managing(context: Context, personId: string): Promise<Actor | null> {
  const actor = (await actorsOf(context, [personId])).get(personId)
  return actor === undefined || barredFromManaging(actor) !== null ? null : actor
}

/** What something is about; both null of a trial. */
interface About {
  readonly incidentId: string | null
  readonly requestId: string | null
}

/** Whether a webhook may be told of a record now, or of none: its owner manages still, and sees it. */
export async function mayBeTold(context: Context, ownerId: string, { incidentId, requestId }: About): Promise<boolean> {
  const owner = await managing(context, ownerId)
  if (owner === null) return false
  if (requestId !== null) return seenAs(context.db, owner, () => seesRequest(context.db, requestId))
  return incidentId === null || seenAs(context.db, owner, () => sees(context.db, incidentId))
}
