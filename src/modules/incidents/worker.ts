import { longHandler } from '#platform/worker.ts'
import { agreementActivated, calendarChanged } from './jobs.ts'
import { recomputeClocks } from './recompute.ts'

export const incidentJobs = [
  longHandler(agreementActivated, async ({ db, pool, now, signal }, { subjectId }) => {
    const version = await db
      .selectFrom('agreementVersion')
      .select(['customerId', 'validFrom'])
      .where('agreementId', '=', subjectId)
      .where('state', '=', 'active')
      .executeTakeFirst()
    // Superseded since: whoever did that queued their own.
    if (!version) return
    await recomputeClocks(pool, db, {
      customerId: version.customerId,
      openedFrom: version.validFrom,
      now: now(),
      signal,
    })
  }),
  longHandler(calendarChanged, async ({ db, pool, now, signal }, { subjectId }) => {
    const customers = await db
      .selectFrom('agreementVersion')
      .select('customerId')
      .distinct()
      .where('calendarId', '=', subjectId)
      .where('state', 'in', ['active', 'superseded'])
      .execute()
    for (const { customerId } of customers) await recomputeClocks(pool, db, { customerId, now: now(), signal })
  }),
]
