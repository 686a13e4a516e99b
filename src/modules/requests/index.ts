/**
 * Requests: something was ordered from the catalogue, is decided about, done and delivered by the day that was promised.
 * Owns `request`, `request_approval`, `request_task`, `request_answer_use` and `request_call`, and the facts about requests
 * in `history`. What somebody writes is decided in their own role and written in the program's (door.ts).
 */
export { applyDecision } from './approve.ts'
export { assignOrderService, requireAssignableOrder } from './assign-service.ts'
export { correctOrder, type OrderFactCorrection, requireCorrectableOrder } from './correct.ts'
export { deliveriesOf } from './deliveries.ts'
export { stepTask } from './fulfil.ts'
export { explainRequest } from './explain.ts'
export { promisedHoursChanged } from './jobs.ts'
export { type ExcludableOrder, excludeOrder, requireExcludableOrder } from './exclude.ts'
export { applyMove } from './move.ts'
export { insertRequest } from './order.ts'
export { getRequest, lockRequest, seesRequest } from './queries.ts'
export { requestNews } from './news.ts'
export { foreseeOrders, type OrderScope, recountOrders } from './recount.ts'
export { recomputeOrders } from './recompute.ts'
export { requestSection } from './review-section.ts'
export { requestRoutes } from './routes.ts'
export { explainKnownOrder, explainToldOrder } from './told-again.ts'
export { countTriedOrders, explainTriedOrder, tryOrders } from './trial.ts'
export { requestWaits } from './waits.ts'
export { requestJobs, requestLoops } from './worker.ts'
