import type mayDe from '../../src/locales/de/may.json'
import type mayEn from '../../src/locales/en/may.json'
import type actionsDe from './de/actions.json'
import type agreementsDe from './de/agreements.json'
import type appDe from './de/app.json'
import type attainmentDe from './de/attainment.json'
import type auditDe from './de/audit.json'
import type availabilityDe from './de/availability.json'
import type budgetsDe from './de/budgets.json'
import type changesDe from './de/changes.json'
import type contactsDe from './de/contacts.json'
import type contractsDe from './de/contracts.json'
import type catalogueDe from './de/catalogue.json'
import type correctionsDe from './de/corrections.json'
import type customersDe from './de/customers.json'
import type escalationsDe from './de/escalations.json'
import type feedbackDe from './de/feedback.json'
import type frictionDe from './de/friction.json'
import type forumsDe from './de/forums.json'
import type handoversDe from './de/handovers.json'
import type helpDe from './de/help.json'
import type importsDe from './de/imports.json'
import type improvementsDe from './de/improvements.json'
import type incidentsDe from './de/incidents.json'
import type kitDe from './de/kit.json'
import type kpisDe from './de/kpis.json'
import type mailDe from './de/mail.json'
import type marginDe from './de/margin.json'
import type majorIncidentsDe from './de/major-incidents.json'
import type knowledgeDe from './de/knowledge.json'
import type notificationsDe from './de/notifications.json'
import type privacyDe from './de/privacy.json'
import type peopleDe from './de/people.json'
import type periodsDe from './de/periods.json'
import type portalDe from './de/portal.json'
import type renewalsDe from './de/renewals.json'
import type requestsDe from './de/requests.json'
import type reviewsDe from './de/reviews.json'
import type rulesDe from './de/rules.json'
import type serviceLevelsDe from './de/service-levels.json'
import type settingsDe from './de/settings.json'
import type stakeholdersDe from './de/stakeholders.json'
import type suppliersDe from './de/suppliers.json'
import type todayDe from './de/today.json'
import type uiDe from './de/ui.json'
import type whatIfDe from './de/what-if.json'
import type workDe from './de/work.json'
import type actionsEn from './en/actions.json'
import type agreementsEn from './en/agreements.json'
import type appEn from './en/app.json'
import type attainmentEn from './en/attainment.json'
import type auditEn from './en/audit.json'
import type availabilityEn from './en/availability.json'
import type budgetsEn from './en/budgets.json'
import type changesEn from './en/changes.json'
import type contactsEn from './en/contacts.json'
import type contractsEn from './en/contracts.json'
import type catalogueEn from './en/catalogue.json'
import type correctionsEn from './en/corrections.json'
import type customersEn from './en/customers.json'
import type escalationsEn from './en/escalations.json'
import type feedbackEn from './en/feedback.json'
import type frictionEn from './en/friction.json'
import type forumsEn from './en/forums.json'
import type handoversEn from './en/handovers.json'
import type helpEn from './en/help.json'
import type importsEn from './en/imports.json'
import type improvementsEn from './en/improvements.json'
import type incidentsEn from './en/incidents.json'
import type kitEn from './en/kit.json'
import type kpisEn from './en/kpis.json'
import type mailEn from './en/mail.json'
import type marginEn from './en/margin.json'
import type majorIncidentsEn from './en/major-incidents.json'
import type knowledgeEn from './en/knowledge.json'
import type notificationsEn from './en/notifications.json'
import type privacyEn from './en/privacy.json'
import type peopleEn from './en/people.json'
import type periodsEn from './en/periods.json'
import type portalEn from './en/portal.json'
import type renewalsEn from './en/renewals.json'
import type requestsEn from './en/requests.json'
import type reviewsEn from './en/reviews.json'
import type rulesEn from './en/rules.json'
import type serviceLevelsEn from './en/service-levels.json'
import type settingsEn from './en/settings.json'
import type stakeholdersEn from './en/stakeholders.json'
import type suppliersEn from './en/suppliers.json'
import type todayEn from './en/today.json'
import type uiEn from './en/ui.json'
import type whatIfEn from './en/what-if.json'
import type workEn from './en/work.json'

/** The catalogues by part; a part is a file of each language. Those in `base.ts` are there on every page. */
interface English {
  readonly app: typeof appEn
  readonly ui: typeof uiEn
  readonly may: typeof mayEn
  readonly actions: typeof actionsEn
  readonly agreements: typeof agreementsEn
  readonly attainment: typeof attainmentEn
  readonly audit: typeof auditEn
  readonly availability: typeof availabilityEn
  readonly budgets: typeof budgetsEn
  readonly changes: typeof changesEn
  readonly contacts: typeof contactsEn
  readonly contracts: typeof contractsEn
  readonly catalogue: typeof catalogueEn
  readonly corrections: typeof correctionsEn
  readonly customers: typeof customersEn
  readonly escalations: typeof escalationsEn
  readonly feedback: typeof feedbackEn
  readonly friction: typeof frictionEn
  readonly forums: typeof forumsEn
  readonly handovers: typeof handoversEn
  readonly help: typeof helpEn
  readonly imports: typeof importsEn
  readonly improvements: typeof improvementsEn
  readonly incidents: typeof incidentsEn
  readonly kit: typeof kitEn
  readonly kpis: typeof kpisEn
  readonly mail: typeof mailEn
  readonly margin: typeof marginEn
  readonly 'major-incidents': typeof majorIncidentsEn
  readonly knowledge: typeof knowledgeEn
  readonly notifications: typeof notificationsEn
  readonly privacy: typeof privacyEn
  readonly people: typeof peopleEn
  readonly periods: typeof periodsEn
  readonly portal: typeof portalEn
  readonly renewals: typeof renewalsEn
  readonly requests: typeof requestsEn
  readonly reviews: typeof reviewsEn
  readonly rules: typeof rulesEn
  readonly 'service-levels': typeof serviceLevelsEn
  readonly settings: typeof settingsEn
  readonly stakeholders: typeof stakeholdersEn
  readonly suppliers: typeof suppliersEn
  readonly today: typeof todayEn
  readonly 'what-if': typeof whatIfEn
  readonly work: typeof workEn
}

interface German {
  readonly app: typeof appDe
  readonly ui: typeof uiDe
  readonly may: typeof mayDe
  readonly actions: typeof actionsDe
  readonly agreements: typeof agreementsDe
  readonly attainment: typeof attainmentDe
  readonly audit: typeof auditDe
  readonly availability: typeof availabilityDe
  readonly budgets: typeof budgetsDe
  readonly changes: typeof changesDe
  readonly contacts: typeof contactsDe
  readonly contracts: typeof contractsDe
  readonly catalogue: typeof catalogueDe
  readonly corrections: typeof correctionsDe
  readonly customers: typeof customersDe
  readonly escalations: typeof escalationsDe
  readonly feedback: typeof feedbackDe
  readonly friction: typeof frictionDe
  readonly forums: typeof forumsDe
  readonly handovers: typeof handoversDe
  readonly help: typeof helpDe
  readonly imports: typeof importsDe
  readonly improvements: typeof improvementsDe
  readonly incidents: typeof incidentsDe
  readonly kit: typeof kitDe
  readonly kpis: typeof kpisDe
  readonly mail: typeof mailDe
  readonly margin: typeof marginDe
  readonly 'major-incidents': typeof majorIncidentsDe
  readonly knowledge: typeof knowledgeDe
  readonly notifications: typeof notificationsDe
  readonly privacy: typeof privacyDe
  readonly people: typeof peopleDe
  readonly periods: typeof periodsDe
  readonly portal: typeof portalDe
  readonly renewals: typeof renewalsDe
  readonly requests: typeof requestsDe
  readonly reviews: typeof reviewsDe
  readonly rules: typeof rulesDe
  readonly 'service-levels': typeof serviceLevelsDe
  readonly settings: typeof settingsDe
  readonly stakeholders: typeof stakeholdersDe
  readonly suppliers: typeof suppliersDe
  readonly today: typeof todayDe
  readonly 'what-if': typeof whatIfDe
  readonly work: typeof workDe
}

/** A part whose texts come with the pages that need them. */
export type TextPart = Exclude<keyof English, 'app' | 'ui' | 'may' | 'today'>

/** What one of two catalogues has and the other lacks. */
type Missing = {
  [Part in keyof English]:
    | Exclude<keyof English[Part], keyof German[Part]>
    | Exclude<keyof German[Part], keyof English[Part]>
}[keyof English]

/** Takes nothing: while a text is missing in one language this does not compile, and the error names its key. */
type KeysWhenComplete<Lacking extends never> =
  | { [Part in keyof English]: keyof English[Part] & string }[keyof English]
  | Lacking

/** What can be said. The English files say what there is; the German ones have to have the same. */
export type TextKey = KeysWhenComplete<Missing>
