/**
 * Sites: the places where a customer's people work, each with its zone and the law of its country. Owns the table `site`.
 */
export { addSite } from './actions.ts'
export { getSite, requireSite } from './queries.ts'
export { siteRoutes } from './routes.ts'
