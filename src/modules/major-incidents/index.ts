/**
 * Major incidents: a decision, with roles, updates and a review of its own, around the incident that stands for an outage
 * (DOMAIN §2.3.3). Owns `major_incident`, `major_incident_action`, `major_incident_text` and `status_page`. What happens is
 * a fact in `history`; an update is told to whoever listens for `major-incident.update`.
 */
export { type Logged, writeMajorIncident } from './bulk.ts'
export { communicationOf } from './communication.ts'
export { majorIncidentNews } from './news.ts'
export { majorIncidentSection } from './review-section.ts'
export { majorIncidentRoutes } from './routes.ts'
export { statusBoard } from './status-board.ts'
export { majorIncidentWaits } from './waits.ts'
