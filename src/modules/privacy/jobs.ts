import { z } from 'zod'
import { job } from '#platform/job.ts'

/** Somebody is forgotten. */
export const eraseJob = job('privacy.erase', z.object({ erasure: z.uuid() }), { retries: 10 })

/** What has been kept long enough is taken away or made anonymous. */
export const retentionJob = job('privacy.retention', z.object({}))
