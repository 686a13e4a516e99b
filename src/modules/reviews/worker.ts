import { longHandler } from '#platform/worker.ts'
import { makeReviewJob } from './jobs.ts'
import { makeOrdered } from './make.ts'

export const reviewJobs = [
  longHandler(makeReviewJob, async (world, { reviewId }) => void (await makeOrdered(world, reviewId))),
]
