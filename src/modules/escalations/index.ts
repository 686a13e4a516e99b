/**
 * Escalations: somebody asks for more than the usual about an incident, or a rule does. Owns `escalation` and
 * `escalation_rule`. What happens to one is told in the history of its incident.
 */
export { insertEscalation, requireProvider } from './actions.ts'
export { writeEscalation } from './bulk.ts'
export { considerIncident } from './jobs.ts'
export { escalationNews } from './news.ts'
export { escalationSection } from './review-section.ts'
export { escalationRoutes } from './routes.ts'
export { escalationJobs } from './worker.ts'
export { escalationWaits } from './waits.ts'
