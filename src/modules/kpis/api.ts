export {
  addBaseline,
  computeKpis,
  getKpi,
  type Kpi,
  type KpiRecords,
  type KpiPart,
  kpiParts,
  type KpiPoint,
  type KpiQuery,
  type ListedKpi,
  listKpiRecords,
  listKpis,
  type NewBaseline,
  type RecordKind,
  type RecordsQuery,
} from './api-figures.ts'
export {
  arrangeBoard,
  type Arrangement,
  type Board,
  type BoardName,
  boardNames,
  drawBoard,
  getBoard,
} from './api-boards.ts'
export { addOwnKpi, changeOwnKpi, endOwnKpi, type NewOwnKpi, type OwnKpiChange } from './api-own.ts'
export { barredFromMeasuring } from './may.ts'
export { type OwnFormula, unitsOf } from './own.ts'
