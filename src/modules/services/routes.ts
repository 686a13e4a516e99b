import { route } from '#platform/http.ts'
import { addService, changeService } from './actions.ts'
import * as api from './api.ts'
import { getService, listServices } from './queries.ts'

export const serviceRoutes = [
  route(api.listServices, ({ db }, { query }) => listServices(db, query)),
  route(api.getService, ({ db }, { params }) => getService(db, params.id)),
  route(api.addService, (context, { body }) => addService(context, body)),
  route(api.changeService, (context, { params, body, matches }) => changeService(context, params.id, matches, body)),
]
