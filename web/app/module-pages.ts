import type { ModuleShell } from '#web/app/pages.ts'
import { recordShells } from '#web/app/record-shells.ts'
import { appRoutes, todayShell } from '#web/app/today.ts'
import { actionRoutes, actionShell } from '#web/modules/actions/pages.ts'
import { auditRoutes, auditShell } from '#web/modules/audit/pages.ts'
import { availabilityRoutes, availabilityShell } from '#web/modules/availability/pages.ts'
import { contactRoutes, contactShell } from '#web/modules/contacts/pages.ts'
import { contractRoutes, contractShell } from '#web/modules/contracts/pages.ts'
import { contractChangeRoutes } from '#web/modules/contract-changes/pages.ts'
import { correctionRoutes, correctionShell } from '#web/modules/corrections/pages.ts'
import { budgetRoutes, budgetShell } from '#web/modules/budgets/pages.ts'
import { catalogueRoutes, catalogueShell } from '#web/modules/catalogue/pages.ts'
import { customerRoutes, customerShell } from '#web/modules/customers/pages.ts'
import { escalationRoutes, escalationShell } from '#web/modules/escalations/pages.ts'
import { frictionRoutes, frictionShell } from '#web/modules/friction/pages.ts'
import { feedbackOutside, feedbackRoutes, feedbackShell } from '#web/modules/feedback/pages.ts'
import { forumRoutes, forumShell } from '#web/modules/forums/pages.ts'
import { importRoutes, importShell } from '#web/modules/imports/pages.ts'
import { helpRoutes } from '#web/modules/help/pages.ts'
import { improvementRoutes, improvementShell } from '#web/modules/improvements/pages.ts'
import { incidentRoutes, incidentShell } from '#web/modules/incidents/pages.ts'
import { kitOutside } from '#web/modules/kit/pages.ts'
import { macroRoutes, macroShell } from '#web/modules/macros/pages.ts'
import { kpiRoutes, kpiShell } from '#web/modules/kpis/pages.ts'
import { marginRoutes } from '#web/modules/margin/pages.ts'
import { mailRoutes, mailShell } from '#web/modules/mail/pages.ts'
import { majorIncidentRoutes, majorIncidentShell } from '#web/modules/major-incidents/pages.ts'
import { knowledgeRoutes, knowledgeShell } from '#web/modules/knowledge/pages.ts'
import { notificationInside, notificationOutside, notificationShell } from '#web/modules/notifications/pages.ts'
import { privacyRoutes, privacyShell } from '#web/modules/privacy/pages.ts'
import { portalRoutes, portalShell } from '#web/modules/portal/pages.ts'
import { requestRoutes, requestShell } from '#web/modules/requests/pages.ts'
import { renewalRoutes } from '#web/modules/renewals/pages.ts'
import { reviewRoutes, reviewShell } from '#web/modules/reviews/pages.ts'
import { ruleRoutes, ruleShell } from '#web/modules/rules/pages.ts'
import { agreementRoutes, agreementShell } from '#web/modules/service-levels/agreements-pages.ts'
import { periodRoutes, periodShell } from '#web/modules/service-levels/periods-pages.ts'
import { settingsRoutes, settingsShell } from '#web/modules/settings/pages.ts'
import { peopleInside, peopleOutside, peopleShell } from '#web/modules/people/pages.ts'
import { stakeholderRoutes, stakeholderShell } from '#web/modules/stakeholders/pages.ts'
import { supplierRoutes, supplierShell } from '#web/modules/suppliers/pages.ts'
import { whatIfRoutes, whatIfShell } from '#web/modules/what-if/pages.ts'
import { attainmentRoutes, attainmentShell } from '#web/modules/service-levels/attainment-pages.ts'

/** Every module's pages: for whoever is signed in, for everybody, and what each adds to the shell. A new module comes here. */
export const insideRoutes = [
  ...appRoutes,
  ...portalRoutes,
  ...knowledgeRoutes,
  ...incidentRoutes,
  ...majorIncidentRoutes,
  ...attainmentRoutes,
  ...availabilityRoutes,
  ...auditRoutes,
  ...peopleInside,
  ...reviewRoutes,
  ...actionRoutes,
  ...improvementRoutes,
  ...forumRoutes,
  ...stakeholderRoutes,
  ...agreementRoutes,
  ...contactRoutes,
  ...contractRoutes,
  ...marginRoutes,
  ...supplierRoutes,
  ...budgetRoutes,
  ...contractChangeRoutes,
  ...renewalRoutes,
  ...correctionRoutes,
  ...escalationRoutes,
  ...ruleRoutes,
  ...feedbackRoutes,
  ...frictionRoutes,
  ...kpiRoutes,
  ...whatIfRoutes,
  ...periodRoutes,
  ...customerRoutes,
  ...settingsRoutes,
  ...importRoutes,
  ...macroRoutes,
  ...mailRoutes,
  ...catalogueRoutes,
  ...requestRoutes,
  ...helpRoutes,
  ...notificationInside,
  ...privacyRoutes,
] as const

export const outsideRoutes = [...peopleOutside, ...feedbackOutside, ...kitOutside, ...notificationOutside] as const

export const shells: readonly ModuleShell[] = [
  todayShell,
  portalShell,
  knowledgeShell,
  incidentShell,
  majorIncidentShell,
  attainmentShell,
  availabilityShell,
  peopleShell,
  reviewShell,
  actionShell,
  improvementShell,
  forumShell,
  stakeholderShell,
  agreementShell,
  contactShell,
  contractShell,
  supplierShell,
  budgetShell,
  correctionShell,
  escalationShell,
  ruleShell,
  feedbackShell,
  frictionShell,
  kpiShell,
  whatIfShell,
  periodShell,
  importShell,
  macroShell,
  mailShell,
  customerShell,
  settingsShell,
  auditShell,
  privacyShell,
  notificationShell,
  catalogueShell,
  requestShell,
  ...recordShells,
]
