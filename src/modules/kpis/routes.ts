import { route } from '#platform/http.ts'
import { askToCompute, rebase } from './actions.ts'
import * as api from './api.ts'
import { arrangeBoard, drawBoard, readBoard } from './boards.ts'
import { addOwnKpi, changeOwnKpi, endOwnKpi } from './own-actions.ts'
import { listKpis, readKpi } from './queries.ts'
import { listRecords } from './records.ts'

export const kpiRoutes = [
  route(api.listKpis, (context, { query }) => listKpis(context, query)),
  route(api.getKpi, (context, { params, query }) => readKpi(context, params.key, query)),
  route(api.listKpiRecords, (context, { params, query }) => listRecords(context, params.key, query)),
  route(api.computeKpis, async (context) => {
    await askToCompute(context)
    return null
  }),
  route(api.addBaseline, (context, { params, body }) => rebase(context, params.key, body)),
  route(api.addOwnKpi, (context, { body }) => addOwnKpi(context, body)),
  route(api.changeOwnKpi, (context, { params, body, matches }) =>
    changeOwnKpi(context, params.key, { version: matches, change: body }),
  ),
  route(api.endOwnKpi, async (context, { params, matches }) => {
    await endOwnKpi(context, params.key, matches)
    return null
  }),
  route(api.getBoard, (context, { params, query }) => readBoard(context, params.board, query)),
  route(api.drawBoard, (_, { params, query, inTransaction }) => drawBoard(inTransaction, params.board, query)),
  route(api.arrangeBoard, async (context, { params, body }) => {
    await arrangeBoard(context, params.board, body)
    return null
  }),
]
