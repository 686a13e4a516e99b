import { z } from 'zod'
import { job } from '#platform/job.ts'

/** Freezes the facts of a queued review and makes its documents. */
export const makeReviewJob = job('reviews.make', z.object({ reviewId: z.uuid() }))
