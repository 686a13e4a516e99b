/**
 * Stakeholders: who at a customer matters, how they stand to the service, how often they are seen, what they say. Owns
 * `stakeholder`, `stakeholder_interaction`, `relationship_pulse` and `agenda_item`. Seen by who manages the relationship.
 */
export { addAgendaItem, addInteraction, addPulse, addStakeholder } from './actions.ts'
export { relationshipSection } from './review-section.ts'
export { stakeholderRoutes } from './routes.ts'
