/**
 * The catalogue: what people can order, whom it is put before, and what has to be done for it. Owns `catalogue_item` and
 * `catalogue_item_version`. A version never changes; what was ordered keeps the one that it was ordered by.
 */
export { addCatalogueItem, secretPurpose, transitCatalogueItem } from './actions.ts'
export { answersOf, type Answer } from './form.ts'
export { type ApprovalStep, type PlannedTask, stepsFor, type Words } from './item.ts'
export { getCatalogueItem, type OrderableItem, readOrderable } from './queries.ts'
export { catalogueRoutes } from './routes.ts'
