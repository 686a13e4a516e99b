import { route } from '#platform/http.ts'
import { addCatalogueItem, changeCatalogueItem, transitCatalogueItem } from './actions.ts'
import * as api from './api.ts'
import { getCatalogueItem, listCatalogueItems, listVersions } from './queries.ts'

export const catalogueRoutes = [
  route(api.listCatalogueItems, (context, { query }) => listCatalogueItems(context, query)),
  route(api.getCatalogueItem, (context, { params }) => getCatalogueItem(context, params.id)),
  route(api.addCatalogueItem, (context, { body }) => addCatalogueItem(context, body)),
  route(api.changeCatalogueItem, (context, { params, body, matches }) =>
    changeCatalogueItem(context, params.id, matches, body),
  ),
  route(api.transitCatalogueItem, (context, { params, body }) => transitCatalogueItem(context, params.id, body.to)),
  route(api.listCatalogueItemVersions, async (context, { params }) => ({
    items: await listVersions(context, params.id),
  })),
]
