import { customersCountedIn } from '#modules/service-levels'
import type { Context, Db } from '#platform/context.ts'
import { type Loop, longHandler } from '#platform/worker.ts'
import { agreementActivated, agreementBehindChanged, calendarChanged } from './jobs.ts'
import { recomputeClocks } from './recompute.ts'
import { nextResumeAt, resumeDue } from './resume.ts'
import { closeDue, nextClosingAt } from './close.ts'
import { countHoldings, settleHoldings } from './handover-count.ts'

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

/** While another process has in hand what is due. */
const OTHERS_MS = 1000

interface Due {
  readonly name: string
  readonly nextAt: (db: Db) => Promise<Date | null>
  /** Does a batch of what is due; how many it was. */
  readonly doDue: (context: Context) => Promise<number>
}

/** Does what is due at its moment, batch by batch. */
function atMoments({ name, nextAt, doDue }: Due): Loop {
  return {
    name,
    run: async ({ db, inTransaction, now, signal }) => {
      for (;;) {
        const next = await nextAt(db)
        if (signal.aborted || next === null || next > now()) return next
        if ((await inTransaction(doDue)) === 0) return new Date(now().getTime() + OTHERS_MS)
      }
    },
  }
}

/** Months are settled after so many batches, also while there is more to count: until then each is read by itself. */
const SETTLE_EACH = 200

/** Counts who held what was changed lately, and adds to the sums what is over. */
const holdingLoop: Loop = {
  name: 'incidents.holdings',
  run: async ({ inTransaction, signal }) => {
    for (let batch = 1; !signal.aborted; batch++) {
      const counted = await inTransaction(countHoldings)
      if (counted === 0 || batch % SETTLE_EACH === 0) await inTransaction((context) => settleHoldings(context))
      if (counted === 0) break
    }
    return null
  },
}

export const incidentLoops = [
  holdingLoop,
  atMoments({ name: 'incidents.resume', nextAt: nextResumeAt, doDue: resumeDue }),
  atMoments({ name: 'incidents.close', nextAt: nextClosingAt, doDue: closeDue }),
]
