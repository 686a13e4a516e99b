/**
 * What contracts leave: postings in double entry from charges, credits, work and cost; plans of three kinds; the way from bid
 * to now; the portfolio; and what is left to do before a month is closed. Owns `posting`, `profit_plan` and `labour_rate`.
 * For the provider alone: every endpoint is the provider's, and no other session has a right on its tables.
 */
export { countContract } from './count.ts'
export { addCost, importCosts, type PostedCost, postCosts, postRecovery } from './costs.ts'
export { sayRate, writePlan } from './plans.ts'
export { listPortfolio } from './portfolio.ts'
export { marginMonthsSection } from './months-section.ts'
export { marginSection } from './review-section.ts'
export { readProfit } from './profit.ts'
export { marginRoutes } from './routes.ts'
