import { route } from '#platform/http.ts'
import { addCustomer, changeCustomer } from './actions.ts'
import * as api from './api.ts'
import { listCustomers, requireCustomer } from './queries.ts'

export const customerRoutes = [
  route(api.listCustomers, ({ db }, { query }) => listCustomers(db, query)),
  route(api.getCustomer, ({ db }, { params }) => requireCustomer(db, params.id)),
  route(api.addCustomer, (context, { body }) => addCustomer(context, body)),
  route(api.changeCustomer, (context, { params, body, matches }) => changeCustomer(context, params.id, matches, body)),
]
