/**
 * Key figures: what each means (library.ts), how it is counted from the records (sources.ts), its values by month and part,
 * and what of them is news. Owns `kpi_value`, a cache that can be counted anew, `kpi_change`, which says of what it is out of
 * date, `kpi_baseline`, `own_kpi`, figures made of others, and `kpi_board`.
 */
export { boardPicture } from './board-picture.ts'
export { kpiTable, readArranged } from './boards.ts'
export { computeChanged, computeKpis, stretchesOf } from './compute.ts'
export { figureIn } from './figure-words.ts'
export { listKpis, readKpi } from './queries.ts'
export { scorecardSection } from './review-scorecard.ts'
export { signalSection } from './review-section.ts'
export { kpiRoutes } from './routes.ts'
export { kpiJobs } from './worker.ts'
