import { route } from '#platform/http.ts'
import * as api from './api.ts'
import {
  addEvidence,
  addOpportunity,
  listOpportunities,
  moveOpportunity,
  readOpportunity,
  writeOpportunity,
} from './opportunities.ts'
import { listRenewals, moveRenewal, readRenewal, startRenewal, writeRenewal } from './renewals.ts'
import { addScenario, dropScenario } from './scenarios.ts'
import { listSignals } from './signals.ts'

export const renewalRoutes = [
  route(api.listRenewals, async (context, { query }) => ({ items: await listRenewals(context, query) })),
  route(api.getRenewal, (context, { params }) => readRenewal(context, params.id)),
  route(api.startRenewal, (context, { params }) => startRenewal(context, params.id)),
  route(api.changeRenewal, (context, { params, matches, body }) => writeRenewal(context, params.id, matches, body)),
  route(api.moveRenewal, (context, { params, matches, body }) => moveRenewal(context, params.id, matches, body)),
  route(api.addScenario, (context, { params, body }) => addScenario(context, params.id, body)),
  route(api.dropScenario, (context, { params }) => dropScenario(context, params.id)),
  route(api.listOpportunities, async (context, { query }) => ({ items: await listOpportunities(context, query) })),
  route(api.getOpportunity, (context, { params }) => readOpportunity(context, params.id)),
  route(api.addOpportunity, (context, { body }) => addOpportunity(context, body)),
  route(api.changeOpportunity, (context, { params, matches, body }) =>
    writeOpportunity(context, params.id, matches, body),
  ),
  route(api.moveOpportunity, (context, { params, matches, body }) =>
    moveOpportunity(context, params.id, matches, body),
  ),
  route(api.addEvidence, (context, { params, body }) => addEvidence(context, params.id, body)),
  route(api.listSignals, async (context, { query }) => ({ items: await listSignals(context, query) })),
]
