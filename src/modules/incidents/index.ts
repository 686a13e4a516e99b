/**
 * Incidents: what broke, what was done about it, and when. Owns the table `incident` and the facts about incidents in
 * `history`. Each change is a fact first; clocks are counted from the facts (service-levels), never kept by hand.
 * Whole histories from other systems or the sample company come in by `writeIncidents`.
 */
export { attachToIncident, noteRefusedFile } from './attachments.ts'
export { holdingsUntil } from './handover-histories.ts'
export { type Answer, noteArrival, noteOrigin, takeAnswer } from './answer.ts'
export { changeIncident } from './change.ts'
export { addNote } from './notes.ts'
export { transitIncident } from './transit.ts'
export { declareIncident } from './declare.ts'
export { writeIncidents } from './bulk.ts'
export type { BulkFact, BulkIncident } from './bulk-incident.ts'
export { agreementActivated, agreementBehindChanged, calendarChanged } from './jobs.ts'
export { explainIncidentClock } from './explanation.ts'
export { linkIncidents } from './links.ts'
export { getIncident } from './queries.ts'
export { isBetween, outOfOrder, requirePast } from './moment.ts'
export { readTimeline } from './timeline.ts'
export { assignService, correctFact, requireAssignable, requireCorrectable } from './correct.ts'
export type { RecomputationScope } from './counting.ts'
export { foreseeClocks, recomputeClocks } from './recompute.ts'
export { explainKnown, explainTold, toldClock, type ToldClock } from './told-again.ts'
export { countTried, tryAgreements } from './trial.ts'
export { removeFacts, removeIncidents } from './removal.ts'
export { incidentRoutes } from './routes.ts'
export { actorsSeeing, requireHolder, sees } from './sight.ts'
export { incidentJobs, incidentLoops } from './worker.ts'
