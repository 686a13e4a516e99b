/**
 * Outgoing webhooks: programs outside that are told of facts, signed, until they say that they have them. Owns `webhook`,
 * `webhook_delivery` and `webhook_attempt`. Nothing is told that the owner of a webhook does not see.
 */
export { addWebhook } from './actions.ts'
export { webhookNews } from './news.ts'
export { sendByRule } from './by-rule.ts'
export { tellWebhooks } from './jobs.ts'
export { webhookRoutes } from './routes.ts'
export { webhookJobs, webhookLoops } from './worker.ts'
