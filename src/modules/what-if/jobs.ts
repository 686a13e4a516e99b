import { z } from 'zod'
import { job } from '#platform/job.ts'

/** Counts what would have been. */
export const countWhatIfJob = job('what-if.count', z.object({ whatIfId: z.uuid() }))
