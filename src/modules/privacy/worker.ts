import { longHandler } from '#platform/worker.ts'
import { erase } from './erase.ts'
import { eraseJob, retentionJob } from './jobs.ts'
import { keepRetention } from './retention.ts'

/** In UTC: at night, after what is only tidied up. */
export const NIGHTLY = '37 2 * * *'

export const privacyJobs = [
  longHandler(eraseJob, (world, { erasure }) => erase(world, erasure)),
  { ...longHandler(retentionJob, (world) => keepRetention(world)), cron: NIGHTLY },
]
