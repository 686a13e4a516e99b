import type { ReviewSection } from '#platform/review-section.ts'
import { type JobHandler, longHandler } from '#platform/worker.ts'
import { drawReviewJob, makeReviewJob } from './jobs.ts'
import { makeOrdered } from './make.ts'
import { redraw } from './redraw.ts'

/** @param sections What other modules tell of a month. */
export function reviewJobs(sections: readonly ReviewSection[]): readonly JobHandler[] {
  return [
    longHandler(makeReviewJob, async (world, { reviewId }) => void (await makeOrdered(world, reviewId, sections))),
    longHandler(drawReviewJob, (world, what) => redraw(world, what, sections)),
  ]
}
