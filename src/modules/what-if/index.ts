/**
 * What would have been (DOMAIN §2.2): a period's tickets counted by a version of an agreement that nobody has signed yet,
 * or in other hours, beside what was told of them. Owns `what_if` and `what_if_difference`; writes nothing else, and reads
 * in one snapshot. How clocks are counted on trial is said where clocks are counted (incidents, service-levels).
 */
export { tryWhatIf } from './actions.ts'
export { forgetWhatIfs } from './forget.ts'
export { whatIfRoutes } from './routes.ts'
export { whatIfJobs } from './worker.ts'
