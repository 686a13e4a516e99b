import { route } from '#platform/http.ts'
import { askToCompute, rebase } from './actions.ts'
import * as api from './api.ts'
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
]
