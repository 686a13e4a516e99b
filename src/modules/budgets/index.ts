/**
 * Budgets: what is planned by site, service and cost centre, what was spent, is expected and ordered, what the year will come
 * to; exchange rates in sets; money that is asked for, with its business case, its approvals and what became of it. Owns
 * `budget*`, `appropriation*`, `approval_limit`, `rate_set`, `exchange_rate` and `efficiency_base`. For the provider alone: no
 * other session has a right on its tables.
 */
export { addAppropriation, decide, moveAppropriation, putInService, sayLimit } from './appropriations.ts'
export { addAccrual, addCommitment, importActuals } from './entries.ts'
export { writeEfficiency } from './efficiency.ts'
export { lockForecast } from './forecasts.ts'
export { budgetSection } from './review-section.ts'
export { appropriationSection, efficiencySection } from './review-capital.ts'
export { addBudgetLine } from './lines.ts'
export { addRateSet, lockRateSet } from './rates.ts'
export { budgetRoutes } from './routes.ts'
export { budgetWaits } from './waits.ts'
