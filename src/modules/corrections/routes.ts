import { route } from '#platform/http.ts'
import { approveCorrection, computeCorrection, rejectCorrection, requestCorrection } from './actions.ts'
import * as api from './api.ts'
import { explainDifference } from './explain.ts'
import { listAvailability, listFigures } from './figures.ts'
import { getCorrection, listCorrections, listDifferences } from './queries.ts'
import {
  cancelRecomputation,
  getRecomputation,
  listRecomputationDifferencesOf,
  listRecomputations,
  requestRecomputation,
} from './recomputations.ts'

export const correctionRoutes = [
  route(api.listCorrections, (context, { query }) => listCorrections(context, query)),
  route(api.requestCorrection, (context, { body }) => requestCorrection(context, body)),
  route(api.getCorrection, (context, { params }) => getCorrection(context, params.id)),
  route(api.computeCorrection, (context, { params }) => computeCorrection(context, params.id)),
  route(api.approveCorrection, (context, { params, matches, body }) =>
    approveCorrection(context, params.id, matches, body),
  ),
  route(api.rejectCorrection, (context, { params, matches, body }) =>
    rejectCorrection(context, params.id, matches, body),
  ),
  route(api.listCorrectionDifferences, (context, { params, query }) => listDifferences(context, params.id, query)),
  route(api.listCorrectionFigures, (context, { params }) => listFigures(context, params.id)),
  route(api.listCorrectionAvailability, (context, { params }) => listAvailability(context, params.id)),
  route(api.recompute, (context, { body }) => requestRecomputation(context, body)),
  route(api.listRecomputations, (context, { query }) => listRecomputations(context, query)),
  route(api.getRecomputation, (context, { params }) => getRecomputation(context, params.id)),
  route(api.cancelRecomputation, (context, { params }) => cancelRecomputation(context, params.id)),
  route(api.listRecomputationDifferences, (context, { params, query }) =>
    listRecomputationDifferencesOf(context, params.id, query),
  ),
  route(api.explainCorrectionDifference, (context, { params }) =>
    explainDifference(context, params.id, params.position),
  ),
]
