import { route } from '#platform/http.ts'
import { addNote, changeIncident, transitIncident } from './actions.ts'
import * as api from './api.ts'
import { declareIncident } from './declare.ts'
import { explainIncidentClock } from './explanation.ts'
import { getIncident, listIncidents, readTimeline } from './queries.ts'

export const incidentRoutes = [
  route(api.listIncidents, (context, { query }) => listIncidents(context, query)),
  route(api.getIncident, (context, { params }) => getIncident(context, params.id)),
  route(api.declareIncident, (context, { body }) => declareIncident(context, body)),
  route(api.changeIncident, (context, { params, body, matches }) => changeIncident(context, params.id, matches, body)),
  route(api.transitIncident, (context, { params, body }) => transitIncident(context, params.id, body)),
  route(api.readTimeline, async (context, { params, query }) =>
    readTimeline(context, await getIncident(context, params.id), query),
  ),
  route(api.addNote, (context, { params, body }) => addNote(context, params.id, body)),
  route(api.explainIncidentClock, (context, { params }) => explainIncidentClock(context, params.id, params.clockId)),
]
