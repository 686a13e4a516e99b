export { barredFromCharges, barredFromContracting, barredFromTerms } from '#core/may.ts'
export { creditLifecycle, type CreditState, creditStates } from './lifecycle.ts'
export {
  addCreditRegime,
  type CreditRegimeView,
  draftRegime,
  getCreditOutlook,
  getCreditRegime,
  getRegimeText,
  type LevelSource,
  type MonthCredit,
  type NewRegime,
  type NewRegimeText,
  type NewSimulation,
  type Outlook,
  type RegimeDraft,
  simulateCredits,
  type Simulation,
  type StatedLevel,
  type StatedLine,
} from './api-regimes.ts'
export {
  calculateCredit,
  type Credit,
  claimCredit,
  disputeCredit,
  getCredit,
  listCredits,
  type ListedCredit,
  moveCredit,
  type NewNote,
  putCreditNote,
  returnCreditLevel,
} from './api-credits.ts'
