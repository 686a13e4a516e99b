import { getIncident } from '#modules/incidents'
import { route } from '#platform/http.ts'
import * as actions from './actions.ts'
import * as api from './api.ts'
import { listTasks, workOf } from './queries.ts'

export const taskRoutes = [
  route(api.readWork, async (context, { params }) => workOf(context, (await getIncident(context, params.id)).id)),
  route(api.listTasks, (context, { query }) => listTasks(context, query)),
  route(api.addTask, (context, { params, body }) => actions.addTask(context, params.id, body)),
  route(api.changeTask, (context, { params, body, matches }) => actions.changeTask(context, params.id, matches, body)),
  route(api.addChecklist, (context, { params, body }) => actions.addChecklist(context, params.id, body.items)),
  route(api.tickItem, (context, { params, body, matches }) => actions.tickItem(context, params.id, matches, body.done)),
  route(api.removeItem, (context, { params }) => actions.removeItem(context, params.id)),
  route(api.bookTime, (context, { params, body }) => actions.bookTime(context, params.id, body)),
  route(api.removeTime, (context, { params }) => actions.removeTime(context, params.id)),
]
