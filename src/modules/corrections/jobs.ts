import { z } from 'zod'
import { job } from '#platform/job.ts'

/** Counts what a correction would change. */
export const computeCorrectionJob = job('corrections.compute', z.object({ correctionId: z.uuid() }))

/** Counts results anew. */
export const recomputeJob = job('corrections.recompute', z.object({ recomputationId: z.uuid() }))

/** Makes the change of an approved correction, and counts. */
export const applyCorrectionJob = job('corrections.apply', z.object({ correctionId: z.uuid() }))
