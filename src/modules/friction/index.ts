/**
 * Friction points: what keeps people from their work again and again, what it takes of a year, who mends it, and whether it
 * is gone for whoever reported it. Owns `friction_point`.
 */
export { writeFriction } from './bulk.ts'
export { frictionSection } from './review-section.ts'
export { frictionRoutes } from './routes.ts'
