import { require } from '#core/may.ts'
import type { Context } from '#platform/context.ts'
import { route } from '#platform/http.ts'
import { answer, complete } from './answering.ts'
import { inspect, ownInvitations } from './asked.ts'
import * as api from './api.ts'
import { addCase, listCases, moveCase, readCase } from './cases.ts'
import { reportExperience } from './experience.ts'
import { listIdentified, listVerbatims } from './reading.ts'
import {
  addLink,
  addSurvey,
  askNow,
  drawLink,
  endLink,
  endSurvey,
  listLinks,
  listSurveys,
  readSurvey,
} from './surveys.ts'
import { addSaid, changeSaid, listSaid } from './said-done.ts'

const personOf = ({ actor }: Context): string => {
  require(actor.personId === null ? 'may.sign-in' : null)
  return actor.personId!
}

export const feedbackRoutes = [
  route(api.listSurveys, async (context, { query }) => ({ items: await listSurveys(context, query) })),
  route(api.getSurvey, (context, { params }) => readSurvey(context, params.id)),
  route(api.addSurvey, (context, { body }) => addSurvey(context, body)),
  route(api.endSurvey, (context, { params, matches }) => endSurvey(context, params.id, matches)),
  route(api.askNow, async (context, { params }) => {
    await askNow(context, params.id)
    return null
  }),
  route(api.listSurveyLinks, async (context, { params }) => ({ items: await listLinks(context, params.id) })),
  route(api.addSurveyLink, (context, { params, body }) => addLink(context, params.id, body)),
  route(api.endSurveyLink, async (context, { params }) => {
    await endLink(context, params.id)
    return null
  }),
  route(api.drawSurveyLink, (context, { params }) => drawLink(context, params.id)),
  route(api.inspectSurvey, (_, { body, asProgram }) => asProgram((context) => inspect(context, body.key))),
  route(api.answerSurvey, (_, { body: { key, ...given }, asProgram }) =>
    asProgram((context) => answer(context, { key }, given)),
  ),
  route(api.addToAnswer, (_, { body: { key, ...given }, asProgram }) =>
    asProgram((context) => complete(context, { key }, given)),
  ),
  route(api.listOwnInvitations, async (context, { asProgram }) => {
    const personId = personOf(context)
    return { items: await asProgram((program) => ownInvitations(program, personId)) }
  }),
  route(api.answerOwnInvitation, (context, { params, body, asProgram }) => {
    const by = { invitation: params.id, personId: personOf(context) }
    return asProgram((program) => answer(program, by, body))
  }),
  route(api.listIdentifiedAnswers, (context, { query }) => listIdentified(context, query)),
  route(api.listVerbatims, (context, { query }) => listVerbatims(context, query)),
  route(api.reportExperience, (context, { query }) => reportExperience(context, query)),
  route(api.listFeedbackCases, (context, { query }) => listCases(context, query)),
  route(api.getFeedbackCase, (context, { params }) => readCase(context, params.id)),
  route(api.addFeedbackCase, (_, { body, ...door }) => addCase(door, body)),
  route(api.moveFeedbackCase, (context, { params, body }) => moveCase(context, params.id, body)),
  route(api.listSaidDone, (context, { query }) => listSaid(context, query)),
  route(api.addSaidDone, (context, { body }) => addSaid(context, body)),
  route(api.changeSaidDone, (context, { params, body, matches }) =>
    changeSaid(context, params.id, { version: matches, change: body }),
  ),
]
