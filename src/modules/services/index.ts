/**
 * Services: what is offered, to one customer or to all. Owns the table `service`.
 */
export { addService } from './actions.ts'
export { requireService, requireServiceFor } from './queries.ts'
export { serviceRoutes } from './routes.ts'
