import { route } from '#platform/http.ts'
import { changeAction, makeAction, moveAction } from './actions.ts'
import * as api from './api.ts'
import { askDecision, moveDecision } from './decisions.ts'
import { listDecisions, readDecision } from './decision-queries.ts'
import { listActions, readActionInFull, reportActions } from './queries.ts'

export const actionRoutes = [
  route(api.listActions, (context, { query }) => listActions(context, query)),
  route(api.getAction, (context, { params }) => readActionInFull(context, params.id)),
  route(api.reportActions, (context, { query }) => reportActions(context, query)),
  route(api.makeAction, (context, { body }) => makeAction(context, body)),
  route(api.changeAction, (context, { params, body, matches }) => changeAction(context, params.id, matches, body)),
  route(api.moveAction, (context, { params, body }) => moveAction(context, params.id, body)),
  route(api.listDecisions, (context, { query }) => listDecisions(context, query)),
  route(api.getDecision, (context, { params }) => readDecision(context, params.id)),
  route(api.askDecision, (context, { body }) => askDecision(context, body)),
  route(api.moveDecision, (context, { params, body }) => moveDecision(context, params.id, body)),
]
