import { Failure } from '#core/failure.ts'
import { longHandler } from '#platform/worker.ts'
import { removeSampleJob, writeSampleJob } from './jobs.ts'
import { removeSample } from './remove.ts'
import { writeSample } from './write.ts'

export const sampleJobs = [
  longHandler(writeSampleJob, async ({ db, pool, now, signal }, order) => {
    await writeSample({ db, pool }, { ...order, now: now(), signal }).catch(rejectUnlessRefused)
  }),
  longHandler(removeSampleJob, async ({ db, pool }) => removeSample({ db, pool })),
]

/** Somebody else wrote it, or a customer came first: there is nothing left to do. */
function rejectUnlessRefused(error: unknown): void {
  if (!(error instanceof Failure)) throw error
}
