/**
 * Key figures: what each means (library.ts), how it is counted from the records (sources.ts), its values by month and part,
 * and what of them is news. Owns `kpi_value`, a cache that can be counted anew, and `kpi_baseline`.
 */
export { computeKpis, stretchesOf } from './compute.ts'
export { readKpi } from './queries.ts'
export { kpiRoutes } from './routes.ts'
export { kpiJobs } from './worker.ts'
