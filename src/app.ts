import { actionJobs, actionNews, actionRoutes, actionWaits } from '#modules/actions'
import { attachmentJobs } from '#modules/attachments'
import { auditJobs, auditLoop, auditRoutes } from '#modules/audit'
import { agreedHoursChanged, availabilityJobs, availabilityRoutes, monthLocked } from '#modules/availability'
import {
  agreementActivated,
  agreementBehindChanged,
  calendarChanged,
  incidentJobs,
  incidentLoops,
  incidentRoutes,
} from '#modules/incidents'
import { budgetRoutes, budgetWaits } from '#modules/budgets'
import { contactRoutes } from '#modules/contacts'
import { changeDays, contractChangeRoutes } from '#modules/contract-changes'
import { renewalDays, renewalRoutes } from '#modules/renewals'
import { contractRoutes, contractWaits, type LastDaysOf } from '#modules/contracts'
import { correctionJobs, correctionNews, correctionRoutes, correctionWaits } from '#modules/corrections'
import { creditDays, creditRoutes, creditWaits } from '#modules/credits'
import { customerRoutes } from '#modules/customers'
import { forumJobs, forumRoutes, forumWaits } from '#modules/forums'
import { improvementRoutes } from '#modules/improvements'
import { frictionRoutes } from '#modules/friction'
import { kpiJobs, kpiRoutes } from '#modules/kpis'
import { importJobs, importRoutes, importWaits } from '#modules/imports'
import { knowledgeRoutes } from '#modules/knowledge'
import { incidentTold, mailIntake, mailJobs, mailRoutes, mailSending, updateTold } from '#modules/mail'
import { marginRoutes } from '#modules/margin'
import { macroRoutes } from '#modules/macros'
import { majorIncidentNews, majorIncidentRoutes, majorIncidentWaits } from '#modules/major-incidents'
import { organisationJobs, organisationRoutes } from '#modules/organisation'
import { peopleRoutes } from '#modules/people'
import { considerFact, ruleJobs, ruleLoops, ruleRoutes } from '#modules/rules'
import { reviewJobs, reviewRoutes, reviewWaits } from '#modules/reviews'
import { sampleJobs, sampleRoutes } from '#modules/sample'
import { serviceLevelJobs, serviceLevelLoops, serviceLevelRoutes, serviceLevelWaits } from '#modules/service-levels'
import { serviceRoutes } from '#modules/services'
import { siteRoutes } from '#modules/sites'
import { stakeholderRoutes } from '#modules/stakeholders'
import { supplierDays, supplierRoutes } from '#modules/suppliers'
import { taskRoutes, taskWaits } from '#modules/tasks'
import { todayRoutes } from '#modules/today'
import { viewRoutes } from '#modules/views'
import { tellWebhooks, webhookJobs, webhookLoops, webhookNews, webhookRoutes } from '#modules/webhooks'
import { whatIfJobs, whatIfRoutes } from '#modules/what-if'
import { feedbackJobs, feedbackRoutes, incidentOver } from '#modules/feedback'
import {
  considerIncident,
  escalationJobs,
  escalationNews,
  escalationRoutes,
  escalationWaits,
} from '#modules/escalations'
import {
  incidentNews,
  mailUndeliverable,
  mentionWaits,
  notificationJobs,
  notificationLetters,
  notificationRoutes,
  telling,
} from '#modules/notifications'
import { portalRoutes } from '#modules/portal'
import { privacyJobs, privacyRoutes } from '#modules/privacy'
import { catalogueRoutes } from '#modules/catalogue'
import {
  promisedHoursChanged,
  requestJobs,
  requestLoops,
  requestNews,
  requestRoutes,
  requestWaits,
} from '#modules/requests'
import { reviewSections } from './review-sections.ts'
import type { TodayItem } from '#api/today'
import type { Listeners } from '#platform/context.ts'
import type { Route } from '#platform/http.ts'
import { liveListening } from '#platform/live.ts'
import { monthsAhead } from '#platform/months.ts'
import type { NewsSource } from '#platform/news.ts'
import type { WaitsFor } from '#platform/waiting.ts'
import type { JobHandler, Loop } from '#platform/worker.ts'

/** What has a last day to act beside the terms of contracts, of each module that has something. */
const lastDays: readonly LastDaysOf[] = [creditDays, renewalDays, changeDays, supplierDays]

/** What waits for whoever asks beside incidents: lines of their day, of each module that has some. */
const waits: readonly WaitsFor<TodayItem>[] = [
  majorIncidentWaits,
  escalationWaits,
  mentionWaits,
  requestWaits,
  taskWaits,
  actionWaits,
  forumWaits,
  correctionWaits,
  reviewWaits,
  importWaits,
  serviceLevelWaits,
  contractWaits(lastDays),
  creditWaits,
  budgetWaits,
]

/** Everything the product can do, one line per module. */
export const routes: readonly Route[] = [
  ...peopleRoutes,
  ...organisationRoutes,
  ...auditRoutes,
  ...customerRoutes,
  ...siteRoutes,
  ...serviceRoutes,
  ...serviceLevelRoutes,
  ...incidentRoutes,
  ...portalRoutes,
  ...contactRoutes,
  ...contractRoutes(lastDays),
  ...contractChangeRoutes,
  ...renewalRoutes,
  ...creditRoutes,
  ...marginRoutes,
  ...supplierRoutes,
  ...budgetRoutes,
  ...macroRoutes,
  ...taskRoutes,
  ...escalationRoutes,
  ...feedbackRoutes,
  ...kpiRoutes,
  ...actionRoutes,
  ...improvementRoutes,
  ...frictionRoutes,
  ...forumRoutes,
  ...stakeholderRoutes,
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
  ...reviewRoutes(reviewSections),
  ...sampleRoutes,
  ...todayRoutes(waits),
  ...catalogueRoutes,
  ...requestRoutes,
  ...notificationRoutes,
  ...privacyRoutes(() => routes),
]

/** Of which facts people are told, and whom they concern. */
const news: readonly NewsSource[] = [
  actionNews,
  incidentNews,
  escalationNews,
  majorIncidentNews,
  correctionNews,
  requestNews,
  webhookNews,
]

export const jobs: readonly JobHandler[] = [
  ...actionJobs,
  ...serviceLevelJobs,
  ...incidentJobs,
  ...attachmentJobs,
  ...escalationJobs,
  ...feedbackJobs,
  ...kpiJobs,
  ...forumJobs,
  ...availabilityJobs,
  ...correctionJobs,
  ...whatIfJobs,
  ...importJobs,
  ...reviewJobs(reviewSections),
  ...sampleJobs,
  ...organisationJobs,
  ...auditJobs,
  ...privacyJobs,
  ...mailJobs,
  ...webhookJobs,
  ...requestJobs,
  ...notificationJobs(news),
  ...ruleJobs,
]

/** What is due at moments of its own. */
export const loops: readonly Loop[] = [
  monthsAhead,
  ...serviceLevelLoops,
  ...incidentLoops,
  ...requestLoops,
  mailIntake(),
  mailSending,
  ...webhookLoops,
  notificationLetters,
  liveListening,
  auditLoop,
  ...ruleLoops,
]

/** Who hears of what. Read it to see how modules affect each other without knowing each other. */
export const listeners: Listeners = telling(news, {
  'agreement.activated': [agreementActivated],
  'agreement.behind-changed': [agreementBehindChanged],
  'agreement.ended': [agreementActivated],
  'calendar.changed': [calendarChanged, agreedHoursChanged, promisedHoursChanged],
  'calendar.corrected': [promisedHoursChanged],
  'clock.at-risk': [considerIncident, tellWebhooks, considerFact],
  'clock.breached': [considerIncident, tellWebhooks, considerFact],
  'incident.answer': [tellWebhooks, considerFact],
  'incident.assigned': [considerIncident, tellWebhooks, considerFact],
  'incident.changed': [tellWebhooks, considerFact],
  'incident.escalated': [tellWebhooks],
  'mail.undeliverable': [mailUndeliverable],
  'incident.note': [incidentTold, tellWebhooks, considerFact],
  'incident.opened': [tellWebhooks, considerFact],
  'incident.priority': [tellWebhooks, considerFact],
  'incident.state': [considerIncident, incidentTold, tellWebhooks, considerFact, incidentOver],
  'major-incident.update': [updateTold],
  'period.locked': [monthLocked],
  'request.approval': [tellWebhooks],
  'request.approval-asked': [tellWebhooks],
  'request.at-risk': [tellWebhooks],
  'request.breached': [tellWebhooks],
  'request.comment': [tellWebhooks],
  'request.corrected': [tellWebhooks],
  'request.ordered': [tellWebhooks],
  'request.state': [tellWebhooks],
})
