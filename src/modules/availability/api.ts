export { type Exclusion, exclusions, type Severity, severities } from './downtime.ts'
export { promise, listPromises, addPromise, type AvailabilityPromise, type NewPromise } from './api-promises.ts'
export {
  downtime,
  listDowntimes,
  addDowntime,
  changeDowntime,
  proposeExclusion,
  decideExclusion,
  type DowntimeView,
  type NewDowntime,
  type DowntimeChange,
} from './api-downtimes.ts'
export {
  maintenance,
  listMaintenance,
  addMaintenance,
  cancelMaintenance,
  gap,
  listGaps,
  addGap,
  type MaintenanceWindow,
  type NewMaintenance,
  type MonitoringGap,
  type NewGap,
} from './api-maintenance.ts'
export {
  availabilityFigure,
  availabilityOfService,
  reportAvailability,
  type AvailabilityFigure,
  type AvailabilityOfService,
} from './api-figures.ts'
export {
  lateFact,
  availabilityAdjustment,
  listAvailabilityAdjustments,
  type LateFact,
  type AvailabilityAdjustment,
} from './api-late.ts'
