import { route } from '#platform/http.ts'
import {
  addAgendaItem,
  addInteraction,
  addPulse,
  addStakeholder,
  changeStakeholder,
  settleAgendaItem,
} from './actions.ts'
import * as api from './api.ts'
import { listStakeholders, readStakeholder } from './queries.ts'

export const stakeholderRoutes = [
  route(api.listStakeholders, (context, { query }) => listStakeholders(context, query)),
  route(api.getStakeholder, (context, { params }) => readStakeholder(context, params.id)),
  route(api.addStakeholder, (context, { body }) => addStakeholder(context, body)),
  route(api.changeStakeholder, (context, { params, body, matches }) =>
    changeStakeholder(context, params.id, matches, body),
  ),
  route(api.addInteraction, (context, { params, body }) => addInteraction(context, params.id, body)),
  route(api.addPulse, (context, { params, body }) => addPulse(context, params.id, body)),
  route(api.addAgendaItem, (context, { params, body }) => addAgendaItem(context, params.id, body)),
  route(api.settleAgendaItem, (context, { params, body }) => settleAgendaItem(context, params.id, body)),
]
