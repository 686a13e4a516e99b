import { notFound } from '#core/failure.ts'
import {
  agreementFor,
  isSameResult,
  namesOfVersion,
  type Result,
  resultOf,
  resultView,
  versionsThatHeld,
} from '#modules/service-levels'
import type { Context } from '#platform/context.ts'
import type { ResultExplanation } from './api.ts'
import { countAsKnown, countAsTold, type CountedAgain } from './evidence.ts'
import { explained } from './explanation.ts'

/** A clock of which two results are looked at beside each other. */
export interface ComparedClock {
  readonly incidentId: string
  /** Null for one that is not there (any more). */
  readonly clockId: string | null
  readonly metric: string
}

export type ToldClock = Awaited<ReturnType<typeof toldClock>>

/** What counting such a clock again takes. Throws when its incident is gone. */
export async function toldClock({ db, now }: Context, { incidentId, clockId, metric }: ComparedClock) {
  const incident = await db
    .selectFrom('incident')
    .select(['id', 'number', 'customerId', 'openedAt', 'category', 'siteId', 'serviceId', 'priority'])
    .where('id', '=', incidentId)
    .executeTakeFirst()
  if (!incident) throw notFound('clock.not-found')
  const clock = await db
    .selectFrom('clock')
    .select(['agreementVersionId', 'calendarVersionId', 'priority'])
    .where('id', '=', clockId ?? incidentId)
    .executeTakeFirst()
  return {
    incident,
    metric,
    priority: clock?.priority ?? incident.priority,
    versionIds: await versionsThatHeld(db, incident.customerId, clock?.agreementVersionId ?? null),
    calendarVersionId: clock?.calendarVersionId ?? null,
    now,
  }
}

/** How a result that was told came about; null for none, and when its facts are gone. */
export async function explainTold(
  context: Context,
  clock: ToldClock,
  result: Result | null,
): Promise<ResultExplanation | null> {
  if (result === null) return null
  const again = await countAsTold(context.db, clock.incident, { ...clock, result })
  return again && explainCounted(context, again, result)
}

/**
 * How a result comes about by all that is known and by the agreement that `find` says holds. Null for none, and when it
 * comes out otherwise by now.
 */
export async function explainKnown(
  context: Context,
  clock: Pick<ToldClock, 'incident' | 'metric' | 'priority' | 'now'>,
  result: Result | null,
  find: typeof agreementFor = agreementFor,
): Promise<ResultExplanation | null> {
  if (result === null) return null
  const again = await countAsKnown(context.db, clock.incident, clock, find)
  if (again === null || !isSameResult(resultOf(again.counted.row(), result.excluded), result)) return null
  return explainCounted(context, again, result)
}

async function explainCounted(
  context: Context,
  again: CountedAgain,
  result: Result,
): Promise<ResultExplanation | null> {
  const names = await namesOfVersion(context.db, again.agreement.versionId)
  return names && { result: resultView(result)!, ...(await explained(context, again)), ...names }
}
