import { route } from '#platform/http.ts'
import { addDowntime, changeDowntime, decideExclusion, proposeExclusion } from './actions-downtimes.ts'
import { addGap, addMaintenance, addPromise, cancelMaintenance } from './actions.ts'
import { listAvailabilityAdjustments } from './adjustments.ts'
import * as api from './api.ts'
import { listDowntimes, listGaps, listMaintenance, listPromises } from './queries.ts'
import { reportAvailability } from './report.ts'

export const availabilityRoutes = [
  route(api.listPromises, ({ db }, { query }) => listPromises(db, query)),
  route(api.addPromise, (context, { body }) => addPromise(context, body)),
  route(api.listDowntimes, (context, { query }) => listDowntimes(context, query)),
  route(api.addDowntime, (context, { body }) => addDowntime(context, body)),
  route(api.changeDowntime, (context, { params, matches, body }) => changeDowntime(context, params.id, matches, body)),
  route(api.proposeExclusion, (context, { params, matches, body }) =>
    proposeExclusion(context, params.id, matches, body),
  ),
  route(api.decideExclusion, (context, { params, matches, body }) =>
    decideExclusion(context, params.id, matches, body.approve),
  ),
  route(api.listMaintenance, ({ db }, { query }) => listMaintenance(db, query)),
  route(api.addMaintenance, (context, { body }) => addMaintenance(context, body)),
  route(api.cancelMaintenance, (context, { params, matches }) => cancelMaintenance(context, params.id, matches)),
  route(api.listGaps, ({ db }, { query }) => listGaps(db, query)),
  route(api.addGap, (context, { body }) => addGap(context, body)),
  route(api.listAvailabilityAdjustments, (context, { query }) => listAvailabilityAdjustments(context, query)),
  route(api.reportAvailability, (context, { query }) => reportAvailability(context, query)),
]
