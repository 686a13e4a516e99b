export { barredFromCharges, barredFromContracting } from '#core/may.ts'
export { creditLifecycle, type CreditState, creditStates } from './lifecycle.ts'
export {
  addCreditRegime,
  type CreditRegimeView,
  getCreditOutlook,
  getCreditRegime,
  type LevelSource,
  type MonthCredit,
  type NewRegime,
  type NewSimulation,
  type Outlook,
  simulateCredits,
  type Simulation,
  type StatedLevel,
  type StatedLine,
} from './api-regimes.ts'
export {
  calculateCredit,
  type Credit,
  disputeCredit,
  getCredit,
  listCredits,
  type ListedCredit,
  moveCredit,
  type NewNote,
  putCreditNote,
  returnCreditLevel,
} from './api-credits.ts'
