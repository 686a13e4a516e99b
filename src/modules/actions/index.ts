/**
 * Actions and decisions: one register over all forums and organisations, each linked with what it was made from. Owns
 * `action` and `decision`. What happens to one is told in its history.
 */
export { changeAction, makeAction, moveAction } from './actions.ts'
export { askDecision } from './decisions.ts'
export { insideColumns, type KeptOrigin, madeFrom, originColumns, originOf, toldOrigin, withOrigin } from './origin.ts'
export { actionSection, askSection } from './review-section.ts'
export { listActions } from './queries.ts'
export { actionNews } from './news.ts'
export { actionRoutes } from './routes.ts'
export { actionWaits } from './waits.ts'
export { actionJobs } from './worker.ts'
