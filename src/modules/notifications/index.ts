/**
 * Notifications: who is told of what, in which way and when; who follows an incident. Owns `notification`,
 * `notified_fact`, `notification_setting`, `notification_rhythm`, `push_subscription`, `incident_watcher`. Of which facts
 * people are told is said by the modules that they belong to (`NewsSource`); whether somebody may see one is asked of the
 * database in their name, when they read and when something is sent.
 */
export { addWatcher } from './actions.ts'
export { incidentNews } from './incident-news.ts'
export { mailUndeliverable } from './jobs.ts'
export { notificationLetters } from './letters.ts'
export { telling } from './listen.ts'
export { notificationRoutes } from './routes.ts'
export { writeSampleNotifications } from './sample.ts'
export { notificationJobs } from './worker.ts'
export { mentionWaits } from './waits.ts'
