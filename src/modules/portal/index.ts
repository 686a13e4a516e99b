/**
 * The portal: what a customer's people do themselves. They report, answer, say whether it works again. A
 * report is an incident, and what they may see of it is the database's affair. Owns `portal_search` and
 * `portal_search_miss`, which count what is looked for, and `portal_find`, how long that takes. What they write goes through here alone.
 */
export { portalRoutes } from './routes.ts'
export { addSearches } from './search.ts'
