import type { Db } from '#platform/context.ts'
import { firstDueOf } from './queries.ts'
import { rhythmOf } from './rhythm.ts'
import type { SentUpdate } from './rhythm.ts'

/** How a major incident was told of, by now: the first word within half an hour of the decision, and each one promised. */
export interface Communication {
  readonly id: string
  readonly onTime: number
  readonly due: number
}

/** Of a customer's major incidents that were declared in `[from, to)`; those of which nothing was due yet are left out. */
export async function communicationOf(
  { db, now }: { readonly db: Db; readonly now: Date },
  customerId: string,
  { from, to }: { readonly from: Date; readonly to: Date },
): Promise<readonly Communication[]> {
  const majors = await db
    .selectFrom('majorIncident')
    .select(['id', 'declaredAt', 'stoodDownAt'])
    .where('customerId', '=', customerId)
    .where('state', '<>', 'dismissed')
    .where('declaredAt', '>=', from)
    .where('declaredAt', '<', to)
    .execute()
  if (majors.length === 0) return []
  const told = await db
    .selectFrom('history')
    .select(['subjectId', 'occurredAt', 'facts'])
    .where('subjectType', '=', 'major-incident')
    .where(
      'subjectId',
      'in',
      majors.map(({ id }) => id),
    )
    .where('kind', '=', 'major-incident.update')
    .orderBy('occurredAt')
    .orderBy('sequence')
    .execute()
  const updatesOf = Map.groupBy(told, ({ subjectId }) => subjectId)
  return majors.flatMap(({ id, declaredAt, stoodDownAt }) => {
    const sent = (updatesOf.get(id) ?? []).map(({ occurredAt, facts }): SentUpdate => {
      const { nextDue } = facts as { readonly nextDue: string | null }
      return { at: occurredAt, nextDue: nextDue === null ? null : new Date(nextDue) }
    })
    const { onTime, due } = rhythmOf(firstDueOf(declaredAt!), sent, { now, over: stoodDownAt })
    return due === 0 ? [] : [{ id, onTime, due }]
  })
}
