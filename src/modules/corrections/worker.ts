import { longHandler } from '#platform/worker.ts'
import { applyCorrection } from './apply.ts'
import { computeDifferences } from './compute.ts'
import { applyCorrectionJob, computeCorrectionJob } from './jobs.ts'

export const correctionJobs = [
  longHandler(computeCorrectionJob, (world, { correctionId }) => computeDifferences(world, correctionId)),
  longHandler(applyCorrectionJob, (world, { correctionId }) => applyCorrection(world, correctionId)),
]
