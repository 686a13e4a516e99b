import { route } from '#platform/http.ts'
import { addRule, changeEscalation, moveEscalation, raiseEscalation, removeRule } from './actions.ts'
import * as api from './api.ts'
import { listEscalations, listRules, readEscalation } from './queries.ts'
import { reportEscalations } from './report.ts'

export const escalationRoutes = [
  route(api.listEscalations, (context, { query }) => listEscalations(context, query)),
  route(api.reportEscalations, (context, { query }) => reportEscalations(context, query.customer)),
  route(api.getEscalation, (context, { params }) => readEscalation(context, params.id)),
  route(api.raiseEscalation, (context, { body }) => raiseEscalation(context, body)),
  route(api.changeEscalation, (context, { params, body, matches }) =>
    changeEscalation(context, params.id, matches, body),
  ),
  route(api.moveEscalation, (context, { params, body }) => moveEscalation(context, params.id, body)),
  route(api.listEscalationRules, async (context) => ({ items: await listRules(context) })),
  route(api.addEscalationRule, (context, { body }) => addRule(context, body)),
  route(api.removeEscalationRule, async (context, { params }) => {
    await removeRule(context, params.id)
    return null
  }),
]
