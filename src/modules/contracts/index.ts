/**
 * Contracts with customers: terms in versions, what both sides owe each other, what is charged, and the last day on which
 * something can be done. Owns `contract*`, `obligation*`, `charge*`, `dispute`, `indexation` and `volume_reading`.
 * What money is about stands in tables of its own, which the database shows to some roles only; a customer's contract side
 * sees charges once they were reviewed, and nothing else of it.
 */
export { addLine, addPrice, addReading, listLines } from './lines.ts'
export { addContract, moveContract, signVersion, writePrivate } from './contracts.ts'
export { keptObligations } from './kept.ts'
export type { DaysScope, LastDaysOf } from './days.ts'
export { addCreditCharge } from './credit-charge.ts'
export { basesOf, draftCharges, listCharges, moveCharges } from './charges.ts'
export { answerDispute, type Disputed, raiseDispute, requireAnswered, requireDisputable } from './disputes.ts'
export { addObligation, noticeDue, settleDue } from './obligations.ts'
export { writeInvoicing } from './invoices.ts'
export { firstOpenFrom, requireLinesOpen, requireOpen } from './locks.ts'
export { contractOf, type ContractRow, contractsFor, datesOf, requireContract, todayOf } from './queries.ts'
export { lastDaySection } from './review-days.ts'
export { contractSection, privateContractSection } from './review-section.ts'
export { contractRoutes } from './routes.ts'
export { contractWaits } from './waits.ts'
