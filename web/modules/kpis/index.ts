/** What other modules show of key figures: how one varies, and its values in words. */
export { KpiChart } from './kpi-chart.tsx'
export { NewsWord } from './news-word.tsx'
export { ShareBoard } from './share-board.tsx'
export { kpiQuery, kpisQuery } from './queries.ts'
export { useKpiFormat } from './use-kpi-format.ts'
