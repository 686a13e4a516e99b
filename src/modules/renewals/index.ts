/**
 * Renewal of contracts and growth: what we go for, how likely it is, which terms would leave what, what more a customer needs
 * and by what that is seen. Owns `renewal`, `renewal_scenario`, `opportunity` and `opportunity_evidence`. For the provider's
 * people who answer for the margin: no other session has a right on its tables.
 */
export { addOpportunity, moveOpportunity } from './opportunities.ts'
export { moveRenewal, startRenewal, writeRenewal } from './renewals.ts'
export { renewalDays } from './last-days.ts'
export { renewalSection } from './review-section.ts'
export { addScenario } from './scenarios.ts'
export { renewalRoutes } from './routes.ts'
