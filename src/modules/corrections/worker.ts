import { longHandler } from '#platform/worker.ts'
import { applyCorrection } from './apply.ts'
import { computeDifferences } from './compute.ts'
import { applyCorrectionJob, computeCorrectionJob, recomputeJob } from './jobs.ts'
import { recount } from './recount.ts'

export const correctionJobs = [
  longHandler(computeCorrectionJob, (world, { correctionId }) => computeDifferences(world, correctionId)),
  longHandler(recomputeJob, (world, { recomputationId }) => recount(world, recomputationId)),
  longHandler(applyCorrectionJob, (world, { correctionId }) => applyCorrection(world, correctionId)),
]
