import { z } from 'zod'
import { languages } from '#core/text.ts'
import { job } from '#platform/job.ts'

/** Freezes the facts of a queued review and makes its documents. */
export const makeReviewJob = job('reviews.make', z.object({ reviewId: z.uuid() }))

export const drawReviewJob = job('reviews.draw', z.object({ reviewId: z.uuid(), language: z.enum(languages) }))

/** Sends what is due by schedule. */
export const deliverReportsJob = job('reports.deliver', z.object({}))
