/**
 * The portal: what a customer's people do themselves. They report, answer, say whether it works again. Owns no table: a
 * report is an incident, and what they may see of it is the database's affair. What they write goes through here alone.
 */
export { portalRoutes } from './routes.ts'
