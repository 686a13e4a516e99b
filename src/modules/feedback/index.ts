/**
 * Feedback: who is asked what they think, what they answer, and what is felt beside what was kept. Owns `survey`,
 * `survey_*`, `waiting_answer`, `anonymous_answer`, `felt_sum`, `verbatim`, `feedback_case` and `said_done`; the view `answer` has all answers without who gave them.
 * Answers are taken in by the program alone. A confidential one has a name that no person sees, an anonymous one has none.
 */
export { writeCase, writeSaidDone, writeSurvey } from './bulk.ts'
export { incidentOver } from './jobs.ts'
export { accordsOf, type FeltSums, feltRows, feltSums, scoreOfSums } from './score.ts'
export { complaintSection } from './review-complaints.ts'
export { saidSection } from './review-said.ts'
export { experienceSection, watermelonSection } from './review-section.ts'
export { feedbackRoutes } from './routes.ts'
export { feedbackJobs } from './worker.ts'
