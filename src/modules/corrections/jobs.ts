import { z } from 'zod'
import { job } from '#platform/job.ts'

/** Counts what a correction would change. */
export const computeCorrectionJob = job('corrections.compute', z.object({ correctionId: z.uuid() }))

/** Makes the change of an approved correction, and counts. */
export const applyCorrectionJob = job('corrections.apply', z.object({ correctionId: z.uuid() }))
