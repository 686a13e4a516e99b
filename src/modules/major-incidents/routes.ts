import { route } from '#platform/http.ts'
import * as api from './api.ts'
import { changeMajorIncident } from './change.ts'
import { attachChildren, listChildren, resolveChildren, suggestChildren } from './children.ts'
import { declareMajorIncident } from './declare.ts'
import { fullReport } from './full-report.ts'
import { followUpMajorIncident, readFollowUps } from './follow-ups.ts'
import { logMajorIncident, sendUpdate } from './log.ts'
import { noteOf } from './notes.ts'
import { countMajorIncidents, getMajorIncident, listMajorIncidents } from './queries.ts'
import {
  addMajorAction,
  changeMajorAction,
  issueReport,
  listMajorActions,
  removeMajorAction,
  writeReportText,
} from './report-actions.ts'
import { reportPdf } from './report-pdf.ts'
import { readReportFacts } from './report-query.ts'
import { reportSlides } from './report-slides.ts'
import { listStatusPages, makeStatusPage, revokeStatusPage } from './status-pages.ts'
import { transitMajorIncident } from './steps.ts'
import { readMajorTimeline } from './timeline.ts'

export const majorIncidentRoutes = [
  route(api.listMajorIncidents, (context, { query }) => listMajorIncidents(context, query)),
  route(api.countMajorIncidents, (context, { query }) => countMajorIncidents(context, query.customer)),
  route(api.declareMajorIncident, (context, { body }) => declareMajorIncident(context, body)),
  route(api.getMajorIncident, (context, { params }) => getMajorIncident(context, params.id)),
  route(api.changeMajorIncident, (context, { params, matches, body }) =>
    changeMajorIncident(context, params.id, matches, body),
  ),
  route(api.transitMajorIncident, (context, { params, body }) => transitMajorIncident(context, params.id, body)),
  route(api.logMajorIncident, (context, { params, body }) => logMajorIncident(context, params.id, body)),
  route(api.sendUpdate, (context, { params, body }) => sendUpdate(context, params.id, body)),
  route(api.readMajorTimeline, (context, { params }) => readMajorTimeline(context, params.id)),
  route(api.listChildren, (context, { params, query }) => listChildren(context, params.id, query)),
  route(api.suggestChildren, (context, { params, query }) => suggestChildren(context, params.id, query)),
  route(api.attachChildren, (context, { params, body }) => attachChildren(context, params.id, body.incidents)),
  route(api.resolveChildren, (context, { params, body }) => resolveChildren(context, params.id, body.note)),
  route(api.listStatusPages, (context, { query }) => listStatusPages(context, query.customer)),
  route(api.makeStatusPage, (context, { body }) => makeStatusPage(context, body)),
  route(api.revokeStatusPage, async (context, { params }) => {
    await revokeStatusPage(context, params.id)
    return null
  }),
  route(api.readNote, async (context, { params, query }) => {
    const language = query.lang ?? context.actor.language
    return noteOf(params.kind, await readReportFacts(context, params.id, language), language)
  }),
  route(api.readReport, async (context, { params, query }) => {
    const language = query.lang ?? context.actor.language
    return fullReport(await readReportFacts(context, params.id, language), language, query.edition)
  }),
  route(api.printReport, (_, { params, query, inTransaction }) =>
    reportPdf(inTransaction, { id: params.id, lang: query.lang, edition: query.edition }),
  ),
  route(api.presentReport, (context, { params, query }) =>
    reportSlides(context, { id: params.id, lang: query.lang, edition: query.edition }),
  ),
  route(api.writeReportText, (context, { params, matches, body }) => writeReportText(context, params, matches, body)),
  route(api.issueReport, (context, { params }) => issueReport(context, params.id)),
  route(api.readFollowUps, (context, { params }) => readFollowUps(context, params.id)),
  route(api.followUpMajorIncident, (context, { params, body }) => followUpMajorIncident(context, params.id, body)),
  route(api.listMajorActions, (context, { params }) => listMajorActions(context, params.id)),
  route(api.addMajorAction, (context, { params, body }) => addMajorAction(context, params.id, body)),
  route(api.changeMajorAction, (context, { params, matches, body }) =>
    changeMajorAction(context, params.id, matches, body),
  ),
  route(api.removeMajorAction, async (context, { params }) => {
    await removeMajorAction(context, params.id)
    return null
  }),
]
