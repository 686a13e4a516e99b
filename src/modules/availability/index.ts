/**
 * Availability (DOMAIN §3.2): what was promised of services being there, when they were down, maintained or unwatched, and
 * the figure that follows. Owns `availability_promise`, `downtime`, `maintenance_window` and `monitoring_gap`. The figure
 * is counted from those facts each time (src/core/availability.ts, measure.ts); only what was told of a locked month is kept
 * (`availability_told`), with what was found out since (`availability_adjustment`).
 */
export { countAvailability, reportAvailability } from './report.ts'
export { maintenanceSection } from './review-section.ts'
export { availabilityRoutes } from './routes.ts'
export { addDowntime, decideExclusion, proposeExclusion } from './actions-downtimes.ts'
export { addGap, addMaintenance, addPromise } from './actions.ts'
export { agreedHoursChanged, monthLocked } from './jobs.ts'
export { examineLateFact, makeLateFact } from './late.ts'
export { customersPromisedIn } from './queries.ts'
export {
  adjustAvailability,
  type AvailabilityDifference,
  differencesOf,
  keepTold,
  knownMonths,
  type Touched,
} from './settle.ts'
export { availabilityJobs } from './worker.ts'
