export { barredFromCharges, barredFromContracting, barredFromTerms } from '#core/may.ts'
export { chargeKinds, type ChargePart, type ChargeTerms } from '#core/charge.ts'
export {
  chargeLifecycle,
  type ChargeState,
  contractLifecycle,
  type ContractState,
  contractStates,
  type DueOutcome,
  type DueState,
} from './lifecycle.ts'
export {
  addContract,
  addContractVersion,
  type Contract,
  contract,
  contractPrivate,
  type ContractPrivate,
  type ContractsQuery,
  getContract,
  getContractPrivate,
  listContracts,
  moveContract,
  type NewContract,
  type NewContractVersion,
  putContractPrivate,
} from './api-contracts.ts'
export {
  addObligation,
  type Due,
  listObligations,
  type NewObligation,
  type NewNotice,
  noticeDue,
  type Obligation,
  settleDue,
  type SettledDue,
} from './api-obligations.ts'
export { type ContractDay, contractDay, type DaysQuery, downloadContractDays, listContractDays } from './api-days.ts'
export {
  addChargeLine,
  addChargePrice,
  addVolumeReading,
  type Charge,
  type ChargeLine,
  disputeCharge,
  draftCharges,
  listChargeLines,
  listCharges,
  type MonthCharges,
  moveCharges,
  type NewChargeLine,
  type NewPrice,
  type NewReading,
} from './api-charges.ts'
export {
  type Indexation,
  type IndexedLine,
  indexPrices,
  listIndexations,
  listVolumeReadings,
  type NewIndexation,
  type VolumeReading,
} from './api-indexations.ts'
export {
  getInvoice,
  getInvoicing,
  type InvoiceParty,
  type Invoicing,
  putInvoicing,
  taxCategories,
} from './api-invoices.ts'
export {
  type Answer,
  answerDispute,
  type Contradiction,
  contradiction,
  type Dispute,
  type DisputeOutcome,
  disputeOutcomes,
  listDisputes,
} from './api-disputes.ts'
