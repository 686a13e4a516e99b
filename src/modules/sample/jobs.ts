import { z } from 'zod'
import { job } from '#platform/job.ts'

/** Writes the sample company. Begun anew when it was interrupted: what is half there is removed first. */
export const writeSampleJob = job('sample.write', z.object({ tickets: z.int(), months: z.int(), seed: z.string() }), {
  retries: 2,
})

export const removeSampleJob = job('sample.remove', z.object({}), { retries: 2 })
