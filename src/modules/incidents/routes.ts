import { route, routeTogether } from '#platform/http.ts'
import { changeIncident } from './change.ts'
import { addNote } from './notes.ts'
import { transitIncident } from './transit.ts'
import * as api from './api.ts'
import * as attachments from './attachments.ts'
import { changeIncidents } from './bulk-change.ts'
import { clockSheet } from './clock-sheet.ts'
import { declareIncidents } from './declare.ts'
import { streamEvents } from './events.ts'
import { explainIncidentClock } from './explanation.ts'
import { exportIncidents } from './export.ts'
import { readHolders } from './holders.ts'
import { linkIncidents, listIncidentLinks, unlinkIncidents } from './links.ts'
import { countIncidents, countUntold, listIncidents } from './list.ts'
import { listHandoverIncidents } from './handover-list.ts'
import { reportHandovers } from './handovers.ts'
import { readMentionable } from './mentions.ts'
import { listPossible, listReaders, nameReader, withdrawReader } from './readers.ts'
import { readPresence, tellPresence } from './presence.ts'
import { getIncident } from './queries.ts'
import { openIncident, readTimelineById } from './timeline.ts'
import { listSimilarIncidents } from './similar.ts'

export const incidentRoutes = [
  route(api.reportHandovers, (context, { query }) => reportHandovers(context, query)),
  route(api.listHandoverIncidents, (context, { query }) => listHandoverIncidents(context, query)),
  route(api.listIncidents, (context, { query }) => listIncidents(context, query)),
  route(api.listSimilarIncidents, (context, { query }) => listSimilarIncidents(context, query)),
  route(api.countIncidents, (context, { query }) => countIncidents(context, query)),
  route(api.countUntoldIncidents, (context, { query }) => countUntold(context, query)),
  route(api.exportIncidents, (context, { query, inTransaction }) => exportIncidents(context, query, inTransaction)),
  route(api.changeIncidents, (context, { body }) => changeIncidents(context, body)),
  route(api.getIncident, (context, { params: { id }, query: { history } }) =>
    history === undefined ? getIncident(context, id) : openIncident(context, id, history),
  ),
  routeTogether(api.declareIncident, (asked) =>
    declareIncidents(asked.map(({ context, given }) => ({ context, declaration: given.body }))),
  ),
  route(api.changeIncident, (context, { params, body, matches }) => changeIncident(context, params.id, matches, body)),
  route(api.transitIncident, (context, { params, body }) => transitIncident(context, params.id, body)),
  route(api.readTimeline, (context, { params, query }) => readTimelineById(context, params.id, query)),
  route(api.listMentionable, (context, given) => readMentionable(context, given)),
  route(api.addNote, (context, { params, body }) => addNote(context, params.id, body)),
  route(api.listIncidentAttachments, (context, { params }) => attachments.listIncidentAttachments(context, params.id)),
  route(api.addIncidentAttachment, (_, { params, query, stream, inTransaction }) =>
    attachments.addIncidentAttachment(inTransaction, params.id, query, stream),
  ),
  route(api.changeIncidentAttachment, (context, { params, body, matches }) =>
    attachments.changeIncidentAttachment(context, params, { version: matches, change: body }),
  ),
  route(api.openIncidentAttachment, (context, { params, query }) =>
    attachments.openIncidentAttachment(context, params, query.show),
  ),
  route(api.listIncidentLinks, (context, { params }) => listIncidentLinks(context, params.id)),
  route(api.linkIncidents, (context, { params, body }) => linkIncidents(context, params.id, body)),
  route(api.unlinkIncidents, async (context, { params }) => {
    await unlinkIncidents(context, params)
    return null
  }),
  route(api.listIncidentReaders, (context, { params }) => listReaders(context, params.id)),
  route(api.listPossibleReaders, (context, given) => listPossible(context, given)),
  route(api.nameIncidentReader, (context, { params, body }) => nameReader(context, params.id, body.person)),
  route(api.withdrawIncidentReader, async (context, { params: { id, person } }) => {
    await withdrawReader(context, id, person)
    return null
  }),
  route(api.streamEvents, async ({ db, actor }, { raw, answer }) => {
    // Once the server stops it listens no more: streams end, and leave no connection behind that it would wait for.
    answer.header('connection', 'close')
    return streamEvents(db, { actor, serving: () => raw.server.server.listening })
  }),
  route(api.tellPresence, (context, { params, body }) => tellPresence(context, params.id, body.state)),
  route(api.readPresence, (context, { params }) => readPresence(context, params.id)),
  route(api.readHolders, (context, { params, query }) => readHolders(context, params.id, query)),
  route(api.explainIncidentClock, (context, { params }) => explainIncidentClock(context, params.id, params.clockId)),
  route(api.printClockSheet, (_, { params, query, inTransaction }) =>
    clockSheet(inTransaction, { ...params, lang: query.lang }),
  ),
]
