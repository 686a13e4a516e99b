/**
 * Availability (DOMAIN §3.2): what was promised of services being there, when they were down, maintained or unwatched, and
 * the figure that follows. Owns `availability_promise`, `downtime`, `maintenance_window` and `monitoring_gap`. Nothing of
 * the figure is stored: it is counted from those facts each time (src/core/availability.ts, measure.ts).
 */
export { reportAvailability } from './report.ts'
export { availabilityRoutes } from './routes.ts'
export { addDowntime, decideExclusion, proposeExclusion } from './actions-downtimes.ts'
export { addGap, addMaintenance, addPromise } from './actions.ts'
