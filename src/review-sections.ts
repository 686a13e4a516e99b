import { escalationSection } from '#modules/escalations'
import { complaintSection, experienceSection, watermelonSection } from '#modules/feedback'
import { knowledgeSection } from '#modules/knowledge'
import { scorecardSection, signalSection } from '#modules/kpis'
import { majorIncidentSection } from '#modules/major-incidents'
import { requestSection } from '#modules/requests'
import type { ReviewSection } from '#platform/review-section.ts'

/** What modules tell in a service review, beside what it tells by itself. A module that has something adds its line. */
export const reviewSections: readonly ReviewSection[] = [
  signalSection,
  experienceSection,
  watermelonSection,
  requestSection,
  scorecardSection,
  majorIncidentSection,
  complaintSection,
  escalationSection,
  knowledgeSection,
]
