/**
 * Improvements: the register of continual improvement, from idea to a benefit that a figure's own signal shows. Owns
 * `improvement`. What happens to one is told in its history.
 */
export { changeImprovement, moveImprovement, openImprovement, suggestImprovement } from './actions.ts'
export { improvementSection } from './review-section.ts'
export { improvementRoutes } from './routes.ts'
