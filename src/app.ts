import { attachmentJobs } from '#modules/attachments'
import { agreedHoursChanged, availabilityJobs, availabilityRoutes, monthLocked } from '#modules/availability'
import { agreementActivated, calendarChanged, incidentJobs, incidentLoops, incidentRoutes } from '#modules/incidents'
import { correctionJobs, correctionRoutes } from '#modules/corrections'
import { customerRoutes } from '#modules/customers'
import { importJobs, importRoutes } from '#modules/imports'
import { kpiJobs, kpiRoutes } from '#modules/kpis'
import { knowledgeRoutes } from '#modules/knowledge'
import { incidentTold, mailIntake, mailJobs, mailRoutes, mailSending } from '#modules/mail'
import { majorIncidentRoutes } from '#modules/major-incidents'
import { organisationJobs, organisationRoutes } from '#modules/organisation'
import { peopleRoutes } from '#modules/people'
import { reviewJobs, reviewRoutes } from '#modules/reviews'
import { sampleJobs, sampleRoutes } from '#modules/sample'
import { serviceLevelJobs, serviceLevelLoops, serviceLevelRoutes } from '#modules/service-levels'
import { serviceRoutes } from '#modules/services'
import { siteRoutes } from '#modules/sites'
import { todayRoutes } from '#modules/today'
import { viewRoutes } from '#modules/views'
import { whatIfJobs, whatIfRoutes } from '#modules/what-if'
import { feedbackJobs, feedbackRoutes, incidentOver } from '#modules/feedback'
import { considerIncident, escalationJobs, escalationRoutes } from '#modules/escalations'
import { portalRoutes } from '#modules/portal'
import type { Listeners } from '#platform/context.ts'
import type { Route } from '#platform/http.ts'
import type { JobHandler, Loop } from '#platform/worker.ts'

/** Everything the product can do, one line per module. */
export const routes: readonly Route[] = [
  ...peopleRoutes,
  ...organisationRoutes,
  ...customerRoutes,
  ...siteRoutes,
  ...serviceRoutes,
  ...serviceLevelRoutes,
  ...incidentRoutes,
  ...portalRoutes,
  ...escalationRoutes,
  ...feedbackRoutes,
  ...kpiRoutes,
  ...majorIncidentRoutes,
  ...knowledgeRoutes,
  ...availabilityRoutes,
  ...correctionRoutes,
  ...whatIfRoutes,
  ...mailRoutes,
  ...viewRoutes,
  ...importRoutes,
  ...reviewRoutes,
  ...sampleRoutes,
  ...todayRoutes,
]

export const jobs: readonly JobHandler[] = [
  ...serviceLevelJobs,
  ...incidentJobs,
  ...attachmentJobs,
  ...escalationJobs,
  ...feedbackJobs,
  ...kpiJobs,
  ...availabilityJobs,
  ...correctionJobs,
  ...whatIfJobs,
  ...importJobs,
  ...reviewJobs,
  ...sampleJobs,
  ...organisationJobs,
  ...mailJobs,
]

/** What is due at moments of its own. */
export const loops: readonly Loop[] = [...serviceLevelLoops, ...incidentLoops, mailIntake(), mailSending]

/** Who hears of what. Read it to see how modules affect each other without knowing each other. */
export const listeners: Listeners = {
  'agreement.activated': [agreementActivated],
  'agreement.ended': [agreementActivated],
  'calendar.changed': [calendarChanged, agreedHoursChanged],
  'clock.at-risk': [considerIncident],
  'clock.breached': [considerIncident],
  'incident.assigned': [considerIncident],
  'incident.note': [incidentTold],
  'incident.state': [considerIncident, incidentTold, incidentOver],
  'period.locked': [monthLocked],
}
