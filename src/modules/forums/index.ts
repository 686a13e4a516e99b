/**
 * Forums: who meets in which rhythm about what, and what each meeting brought. Owns `forum`, `forum_member`, `forum_run` and
 * `forum_attendance`. Meetings are rows planned ahead, so that what was planned is known when the rhythm changes.
 */
export { addForum, recordRun } from './actions.ts'
export { planAll } from './plan.ts'
export { forumSection } from './review-section.ts'
export { forumRoutes } from './routes.ts'
export { forumJobs } from './worker.ts'
export { forumWaits } from './waits.ts'
