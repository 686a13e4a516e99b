/**
 * Corrections of what was counted (DOMAIN §3.1.8): somebody says what is wrong and what shows it, the differences are
 * computed in the background by making the change, counting and undoing it, somebody else looks through them and decides,
 * and only then the change is made. Owns `correction` and `correction_difference`,
 * `recomputation` and `recomputation_difference`. What the change does to results,
 * figures and locked periods is settled where clocks are stored (service-levels).
 */
export { forgetRecomputations } from './recomputations.ts'
export { correctionNews } from './news.ts'
export { correctionRoutes } from './routes.ts'
export { correctionJobs } from './worker.ts'
export { correctionWaits } from './waits.ts'
