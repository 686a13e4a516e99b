import type { ReviewSection } from '#platform/review-section.ts'
import { type JobHandler, longHandler } from '#platform/worker.ts'
import { deliverReports } from './deliver.ts'
import { deliverReportsJob, drawReviewJob, makeReviewJob } from './jobs.ts'
import { makeOrdered } from './make.ts'
import { redraw } from './redraw.ts'

const HOURLY = '23 * * * *'

/** @param sections What other modules tell of a month. */
export function reviewJobs(sections: readonly ReviewSection[]): readonly JobHandler[] {
  return [
    longHandler(makeReviewJob, async (world, { reviewId }) => void (await makeOrdered(world, reviewId, sections))),
    longHandler(drawReviewJob, (world, what) => redraw(world, what, sections)),
    { ...longHandler(deliverReportsJob, (world) => deliverReports(world)), cron: HOURLY },
  ]
}
