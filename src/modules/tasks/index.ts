/**
 * Tasks: work on an incident that is planned and counted. Owns `incident_task`, `checklist_item` and `time_entry`. What
 * happens is told in the history of the incident; how much time somebody spent is told to them and to who leads them.
 */
export { presenceSection } from './review-section.ts'
export { addChecklist, addTask } from './actions.ts'
export { taskRoutes } from './routes.ts'
export { taskWaits } from './waits.ts'
