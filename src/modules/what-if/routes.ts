import { route } from '#platform/http.ts'
import { cancelWhatIf, tryWhatIf } from './actions.ts'
import * as api from './api.ts'
import { listWhatIfCases } from './cases.ts'
import { readExposure } from './exposure.ts'
import { listDifferences } from './differences.ts'
import { explainDifference } from './explain.ts'
import { getWhatIf, listWhatIfs } from './queries.ts'

export const whatIfRoutes = [
  route(api.tryWhatIf, (context, { body }) => tryWhatIf(context, body)),
  route(api.listWhatIfs, (context, { query }) => listWhatIfs(context, query)),
  route(api.getWhatIf, (context, { params }) => getWhatIf(context, params.id)),
  route(api.cancelWhatIf, (context, { params }) => cancelWhatIf(context, params.id)),
  route(api.getWhatIfCredits, (_, { params, ...door }) => readExposure(door, params.id)),
  route(api.listWhatIfDifferences, (context, { params, query }) => listDifferences(context, params.id, query)),
  route(api.listWhatIfCases, (context, { params, query }) => listWhatIfCases(context, params.id, query)),
  route(api.explainWhatIfDifference, (context, { params }) => explainDifference(context, params.id, params.position)),
]
