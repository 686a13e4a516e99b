/**
 * Service levels: calendars, agreements with their versions and targets, the clocks that measure them, and the figures
 * counted from the clocks. Owns `calendar*`, `agreement*`, `target`, `clock`, `clock_behind` and `attainment_month`.
 * A clock is a function of history, agreement and calendar (src/core/clock.ts); what is stored is a cache of it. Whoever
 * owns the history (incidents) brings the events and asks for clocks; nothing here knows where events come from.
 */
export { defaultTerms, type Metric, type Priority, priorityOf, type PromisedMetric, type Terms } from './agreement.ts'
export { listAdjustments, listKeptResults, listKeptResultsOfOrder, resultView, untoldResult } from './adjustments.ts'
export type { ResultView } from './periods-api.ts'
export {
  activateAgreementVersion,
  activateVersion,
  addAgreement,
  addAgreementVersion,
  getAgreement,
} from './agreements.ts'
export { exportAgreement, importAgreement } from './agreement-file.ts'
export { exportCalendar, importCalendar } from './calendar-file.ts'
export { agreementIds, calendarIds, onlyOne } from './file-names.ts'
export { type Ask, askClient, askOf } from './ask.ts'
export { agreementVersionAsKnown, momentsKnown } from './as-known.ts'
export { type BehindChange, compareBehind } from './behind-changes.ts'
export { printClock, saySheet, type SheetClock } from './clock-sheet.ts'
export { correctDay, dayOf } from './calendar-correction.ts'
export { addCalendar, getCalendar, requireCalendar, requireRules } from './calendars.ts'
export { calendarOpenTime } from './open-time.ts'
export { customersCountedIn } from './calendar-uses.ts'
export { type ClockRow, type ClockSubject, storedAlarms } from './clock-row.ts'
export { compareClocks, storeClocks } from './clock-store.ts'
export {
  clockView,
  type ClockView,
  countClocks,
  type IncidentClocks,
  inOrder,
  nextDue,
  replaceClocks,
  writeClocks,
} from './clocks.ts'
export {
  type Behind,
  type BehindClock,
  countBehind,
  readBehind,
  type RelyingSubject,
  recountBehind,
  replaceBehind,
  writeBehind,
} from './clocks-behind.ts'
export { recountAttainment } from './figures.ts'
export { behindSection } from './review-section.ts'
export { explainFulfilment, fulfilmentFor } from './fulfilment.ts'
export {
  agreementFor,
  type AgreementInForce,
  agreementOfClock,
  agreementOfVersion,
  agreementsOfClocks,
  agreementsOfRunning,
  forgetVersion,
  matrixWithoutAgreement,
  usualMatrix,
} from './in-force.ts'
export type { Affected } from './key-in-force.ts'
export {
  type Excludable,
  excludableResult,
  type ExcludableResult,
  excludeClock,
  type Exclusion,
  exclusionView,
  requireExcludable,
} from './exclusions.ts'
export { explainHours, explainTarget } from './target-words.ts'
export { isSameResult, type Result, verdictOf } from './settlement.ts'
export { keepOrderResults, type OrderChange, settleOrders, type ToldOrder } from './settling-orders.ts'
export { type ClockChange, resultOf } from './settling.ts'
export { monthsOf } from './locked-months.ts'
export { namesOfVersion, versionsThatHeld } from './told-versions.ts'
export { agreementTrying, readTriedVersion, type TriedVersion, versionHashes } from './trial.ts'
export {
  compareTried,
  compareTriedOrders,
  type Counting,
  readTrialPeriod,
  type TriedClock,
  type TrialPeriod,
} from './trial-compare.ts'
export { serviceLevelRoutes } from './routes.ts'
export { serviceLevelJobs, serviceLevelLoops } from './worker.ts'
export { serviceLevelWaits } from './waits.ts'
