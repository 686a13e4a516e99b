import { customersCountedIn } from '#modules/service-levels'
import { type Loop, longHandler } from '#platform/worker.ts'
import { agreementActivated, agreementBehindChanged, calendarChanged } from './jobs.ts'
import { recomputeClocks } from './recompute.ts'
import { nextResumeAt, resumeDue } from './resume.ts'

export const incidentJobs = [
  longHandler(agreementActivated, async ({ db, pool, now, signal }, { subjectId }) => {
    const version = await db
      .selectFrom('agreementVersion')
      .select(['customerId', 'validFrom'])
      .where('agreementId', '=', subjectId)
      // Of an ended one the clocks of what was opened since then go; each superseding one queues its own.
      .where('state', 'in', ['active', 'terminated'])
      .orderBy('validFrom', 'desc')
      .executeTakeFirst()
    if (!version) return
    await recomputeClocks(pool, db, {
      customerId: version.customerId,
      openedFrom: version.validFrom,
      now: now(),
      signal,
    })
  }),
  longHandler(agreementBehindChanged, async ({ db, pool, now, signal }, { subjectId }) => {
    const { customerId } = await db
      .selectFrom('agreement')
      .select('customerId')
      .where('id', '=', subjectId)
      .executeTakeFirstOrThrow()
    await recomputeClocks(pool, db, { customerId, openOnly: true, now: now(), signal })
  }),
  longHandler(calendarChanged, async ({ db, pool, now, signal }, { subjectId }) => {
    for (const customerId of await customersCountedIn(db, subjectId)) {
      await recomputeClocks(pool, db, { customerId, now: now(), signal })
    }
  }),
]

/** While another process takes up what is due. */
const OTHERS_RESUME_MS = 1000

const resumeWaiting: Loop = {
  name: 'incidents.resume',
  run: async ({ db, inTransaction, now, signal }) => {
    for (;;) {
      const next = await nextResumeAt(db)
      if (signal.aborted || next === null || next > now()) return next
      if ((await inTransaction(resumeDue)) === 0) return new Date(now().getTime() + OTHERS_RESUME_MS)
    }
  },
}

export const incidentLoops = [resumeWaiting]
