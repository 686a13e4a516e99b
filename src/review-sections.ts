import { actionSection, askSection } from '#modules/actions'
import { maintenanceSection } from '#modules/availability'
import { appropriationSection, budgetSection, efficiencySection } from '#modules/budgets'
import { changeSection } from '#modules/contract-changes'
import { contractSection, lastDaySection, privateContractSection } from '#modules/contracts'
import { creditReckoningSection, creditSection } from '#modules/credits'
import { escalationSection } from '#modules/escalations'
import { complaintSection, experienceSection, saidSection, watermelonSection } from '#modules/feedback'
import { forumSection } from '#modules/forums'
import { frictionSection } from '#modules/friction'
import { improvementSection } from '#modules/improvements'
import { knowledgeSection } from '#modules/knowledge'
import { scorecardSection, signalSection } from '#modules/kpis'
import { majorIncidentSection } from '#modules/major-incidents'
import { marginMonthsSection, marginSection } from '#modules/margin'
import { renewalSection } from '#modules/renewals'
import { requestSection } from '#modules/requests'
import { behindSection } from '#modules/service-levels'
import { relationshipSection } from '#modules/stakeholders'
import { supplierSection } from '#modules/suppliers'
import { presenceSection } from '#modules/tasks'
import type { ReviewSection } from '#platform/review-section.ts'

/** What modules tell in a service review, beside what it tells by itself. A module that has something adds its line. */
export const reviewSections: readonly ReviewSection[] = [
  actionSection,
  signalSection,
  experienceSection,
  saidSection,
  watermelonSection,
  requestSection,
  scorecardSection,
  majorIncidentSection,
  complaintSection,
  escalationSection,
  knowledgeSection,
  frictionSection,
  improvementSection,
  contractSection,
  changeSection,
  creditSection,
  creditReckoningSection,
  lastDaySection,
  maintenanceSection,
  behindSection,
  supplierSection,
  presenceSection,
  askSection,
  relationshipSection,
  forumSection,
  privateContractSection,
  marginSection,
  marginMonthsSection,
  renewalSection,
  budgetSection,
  appropriationSection,
  efficiencySection,
]
