import { route } from '#platform/http.ts'
import { addSite, changeSite } from './actions.ts'
import * as api from './api.ts'
import { getSite, listSites } from './queries.ts'

export const siteRoutes = [
  route(api.listSites, ({ db }, { query }) => listSites(db, query)),
  route(api.getSite, ({ db }, { params }) => getSite(db, params.id)),
  route(api.addSite, (context, { body }) => addSite(context, body)),
  route(api.changeSite, (context, { params, body, matches }) => changeSite(context, params.id, matches, body)),
]
