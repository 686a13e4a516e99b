import { route } from '#platform/http.ts'
import { addSample, removeSample, sampleStatus } from './actions.ts'
import * as api from './api.ts'

export const sampleRoutes = [
  route(api.getSample, ({ db }) => sampleStatus(db)),
  route(api.addSample, (context, { body }) => addSample(context, body)),
  route(api.removeSample, (context) => removeSample(context)),
]
