/**
 * Service reviews: a customer's month as frozen facts with a checksum, and as slides, pages and a workbook made of them.
 * Owns `review` and `review_document`. Facts are counted from clocks and incidents in one snapshot (gather.ts), told by
 * rules (story.ts) and rendered in a process of its own (render-apart.ts). A correction is a new version; what a customer may
 * read was issued. Nothing that is private to the provider is gathered in the first place.
 */
export { queueReview } from './actions.ts'
export { makeOrdered } from './make.ts'
export { getDocument, getReview } from './queries.ts'
export { reviewRoutes } from './routes.ts'
export { say as sayOfReviews } from './wording.ts'
export { reviewJobs } from './worker.ts'
export { reviewWaits } from './waits.ts'
