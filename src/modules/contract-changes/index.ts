/**
 * Changes of contracts, from what was asked for over the offer to the signature, which produces the new version of contract,
 * prices and agreement, all together or none. Owns `contract_change*`. What is worked before the signature is leakage.
 */
export { changeDays } from './last-days.ts'
export { addChange, moveChange, signChange } from './changes.ts'
export { contractChangeRoutes } from './routes.ts'
export { changeSection } from './review-section.ts'
export { workOn } from './work.ts'
