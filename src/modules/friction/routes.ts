import { route } from '#platform/http.ts'
import { addPoint, changePoint, movePoint } from './actions.ts'
import * as api from './api.ts'
import { addPhoto, listPhotos, openPhoto } from './photos.ts'
import { listPoints, readPoint } from './queries.ts'

export const frictionRoutes = [
  route(api.listFrictionPoints, (context, { query }) => listPoints(context, query)),
  route(api.getFrictionPoint, ({ db }, { params }) => readPoint(db, params.id)),
  route(api.addFrictionPoint, (context, { body }) => addPoint(context, body)),
  route(api.changeFrictionPoint, (context, { params, body, matches }) =>
    changePoint(context, params.id, { version: matches, change: body }),
  ),
  route(api.moveFrictionPoint, (context, { params, body, matches }) =>
    movePoint(context, params.id, { version: matches, move: body }),
  ),
  route(api.listFrictionPhotos, (context, { params }) => listPhotos(context, params.id)),
  route(api.addFrictionPhoto, (_, { params, query, stream, inTransaction }) =>
    addPhoto(inTransaction, params.id, query, stream),
  ),
  route(api.openFrictionPhoto, (context, { params, query }) => openPhoto(context, params, query.show)),
]
