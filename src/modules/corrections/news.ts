import { system } from '#platform/context.ts'
import { record } from '#platform/history.ts'
import type { NewsSource } from '#platform/news.ts'
import type { JobWorld } from '#platform/worker.ts'

/** Whom corrections concern: one whose differences are counted waits for somebody who manages that customer. */
export const correctionNews: NewsSource = {
  facts: ['correction.requested'],
  concerns: async ({ db, now }, { customerId }) => {
    const rows = await db
      .selectFrom('roleAssignment')
      .select('personId')
      .distinct()
      .where('role', '=', 'service-manager')
      .where('serviceId', 'is', null)
      .where('siteId', 'is', null)
      .where('teamId', 'is', null)
      .where('validFrom', '<=', now)
      .where((where) => where.or([where('validTo', 'is', null), where('validTo', '>', now)]))
      .where((where) => where.or([where('customerId', 'is', null), where('customerId', '=', customerId)]))
      .execute()
    return rows.map(({ personId }) => ({ personId, kind: 'approval' }))
  },
}

/** Writes down that a correction waits to be decided; in the name of who asked, who is not told. */
export async function noteWaiting({ inTransaction }: Pick<JobWorld, 'inTransaction'>, id: string): Promise<void> {
  await inTransaction(async (context) => {
    const correction = await context.db
      .selectFrom('correction')
      .select(['customerId', 'requestedBy', 'reason'])
      .where('id', '=', id)
      .executeTakeFirst()
    if (correction === undefined) return
    const { customerId, requestedBy, reason } = correction
    await record(
      { ...context, actor: { ...system, personId: requestedBy } },
      { subjectType: 'correction', subjectId: id, customerId, kind: 'correction.requested', facts: { reason } },
    )
  })
}
