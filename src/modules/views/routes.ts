import { route } from '#platform/http.ts'
import { addView, changeView, chooseUsualView, removeView } from './actions.ts'
import * as api from './api.ts'
import { listViews } from './queries.ts'

export const viewRoutes = [
  route(api.listViews, (context, { query }) => listViews(context, query.page)),
  route(api.addView, (context, { body }) => addView(context, body)),
  route(api.changeView, (context, { params, body, matches }) =>
    changeView(context, { id: params.id, version: matches, change: body }),
  ),
  route(api.chooseUsualView, (context, { params, body }) => chooseUsualView(context, params.page, body.view)),
  route(api.removeView, async (context, { params }) => {
    await removeView(context, params.id)
    return null
  }),
]
