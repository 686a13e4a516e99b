/**
 * Service credits: what a contract says of them, which figure each of its levels is, what months cost by it, and what the
 * running month may come to. Owns `credit_regime`, `credit_note` and `service_credit`. It is reckoned by the pure rules of
 * src/core/credit.ts from stored results; a credit keeps each line of its reckoning, so that it can be reckoned again.
 */
export { addRegime, regimeIn } from './regimes.ts'
export { noteMiss } from './claims.ts'
export { calculateCredit, calculateCredits, disputeCreditOf, moveCredit } from './credits.ts'
export { contractsWithRegimes, type Exposure, exposureOf } from './exposure.ts'
export type { Shift } from './measure.ts'
export { creditDays } from './last-days.ts'
export { creditReckoningSection } from './reckoning-section.ts'
export { creditSection } from './review-section.ts'
export { simulate as simulateCredits } from './simulate.ts'
export { creditRoutes } from './routes.ts'
export { creditWaits } from './waits.ts'
