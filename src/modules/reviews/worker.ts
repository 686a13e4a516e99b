import type { ReviewSection } from '#platform/review-section.ts'
import { type JobHandler, longHandler } from '#platform/worker.ts'
import { makeReviewJob } from './jobs.ts'
import { makeOrdered } from './make.ts'

/** @param sections What other modules tell of a month. */
export function reviewJobs(sections: readonly ReviewSection[]): readonly JobHandler[] {
  return [
    longHandler(makeReviewJob, async (world, { reviewId }) => void (await makeOrdered(world, reviewId, sections))),
  ]
}
