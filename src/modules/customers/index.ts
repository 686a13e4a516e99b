/**
 * Customers: who the provider works for, and the border of isolation. Owns the table `customer` and the numbering of a
 * customer's records. Everything that belongs to a customer carries its id, and row-level security reads that.
 * External customers are companies; internal ones are parts of our own.
 */
export { addCustomer, requireZone } from './actions.ts'
export { requireCustomer } from './queries.ts'
export { customerRoutes } from './routes.ts'
