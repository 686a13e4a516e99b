import { route } from '#platform/http.ts'
import { changeImprovement, moveImprovement, suggestImprovement } from './actions.ts'
import * as api from './api.ts'
import { listImprovements, readInFull, reportImprovements } from './queries.ts'

export const improvementRoutes = [
  route(api.listImprovements, (context, { query }) => listImprovements(context, query)),
  route(api.getImprovement, (context, { params }) => readInFull(context, params.id)),
  route(api.reportImprovements, (context, { query }) => reportImprovements(context, query)),
  route(api.suggestImprovement, (context, { body }) => suggestImprovement(context, body)),
  route(api.changeImprovement, (context, { params, body, matches }) =>
    changeImprovement(context, params.id, matches, body),
  ),
  route(api.moveImprovement, (context, { params, body }) => moveImprovement(context, params.id, body)),
]
