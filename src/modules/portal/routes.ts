import { route } from '#platform/http.ts'
import { addReportFile, answerReport, confirmReport, report } from './actions.ts'
import * as api from './api.ts'
import { countFind, countSearch, searchPortal } from './search.ts'

export const portalRoutes = [
  route(api.report, (_, { body, ...door }) => report(door, body)),
  route(api.answerReport, (_, { params, body, ...door }) => answerReport(door, params.id, body.text)),
  route(api.confirmReport, (_, { params, body, ...door }) => confirmReport(door, params.id, body)),
  route(api.addReportFile, (_, { params, query, stream, ...door }) =>
    addReportFile(door, params.id, query.name, stream),
  ),
  route(api.searchPortal, async (context, { query }) => ({ items: await searchPortal(context, query.q) })),
  route(api.countFind, (_, { body, ...door }) => countFind(door, body.seconds)),
  route(api.countSearch, (_, { body, ...door }) => countSearch(door, body.q)),
]
