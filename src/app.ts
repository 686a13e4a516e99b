import { attachmentJobs } from '#modules/attachments'
import { agreedHoursChanged, availabilityJobs, availabilityRoutes, monthLocked } from '#modules/availability'
import { agreementActivated, calendarChanged, incidentJobs, incidentLoops, incidentRoutes } from '#modules/incidents'
import { correctionJobs, correctionRoutes } from '#modules/corrections'
import { customerRoutes } from '#modules/customers'
import { importJobs, importRoutes } from '#modules/imports'
import { knowledgeRoutes } from '#modules/knowledge'
import { incidentTold, mailIntake, mailJobs, mailRoutes, mailSending } from '#modules/mail'
import { majorIncidentRoutes } from '#modules/major-incidents'
import { organisationJobs, organisationRoutes } from '#modules/organisation'
import { peopleRoutes } from '#modules/people'
import { reviewJobs, reviewRoutes } from '#modules/reviews'
import { considerFact, ruleJobs, ruleLoops, ruleRoutes } from '#modules/rules'
import { sampleJobs, sampleRoutes } from '#modules/sample'
import { serviceLevelJobs, serviceLevelLoops, serviceLevelRoutes } from '#modules/service-levels'
import { serviceRoutes } from '#modules/services'
import { siteRoutes } from '#modules/sites'
import { todayRoutes } from '#modules/today'
import { viewRoutes } from '#modules/views'
import { tellWebhooks, webhookJobs, webhookLoops, webhookRoutes } from '#modules/webhooks'
import { whatIfJobs, whatIfRoutes } from '#modules/what-if'
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
  ...majorIncidentRoutes,
  ...knowledgeRoutes,
  ...availabilityRoutes,
  ...correctionRoutes,
  ...whatIfRoutes,
  ...mailRoutes,
  ...webhookRoutes,
  ...ruleRoutes,
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
  ...availabilityJobs,
  ...correctionJobs,
  ...whatIfJobs,
  ...importJobs,
  ...reviewJobs,
  ...sampleJobs,
  ...organisationJobs,
  ...mailJobs,
  ...webhookJobs,
  ...ruleJobs,
]

/** What is due at moments of its own. */
export const loops: readonly Loop[] = [
  ...serviceLevelLoops,
  ...incidentLoops,
  mailIntake(),
  mailSending,
  ...webhookLoops,
  ...ruleLoops,
]

/** Who hears of what. Read it to see how modules affect each other without knowing each other. */
export const listeners: Listeners = {
  'agreement.activated': [agreementActivated],
  'agreement.ended': [agreementActivated],
  'calendar.changed': [calendarChanged, agreedHoursChanged],
  'clock.at-risk': [considerIncident, tellWebhooks, considerFact],
  'clock.breached': [considerIncident, tellWebhooks, considerFact],
  'incident.answer': [tellWebhooks, considerFact],
  'incident.assigned': [considerIncident, tellWebhooks, considerFact],
  'incident.changed': [tellWebhooks, considerFact],
  'incident.escalated': [tellWebhooks],
  'incident.note': [incidentTold, tellWebhooks, considerFact],
  'incident.opened': [tellWebhooks, considerFact],
  'incident.priority': [tellWebhooks, considerFact],
  'incident.state': [considerIncident, incidentTold, tellWebhooks, considerFact],
  'period.locked': [monthLocked],
}
