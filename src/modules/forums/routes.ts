import { route } from '#platform/http.ts'
import { addForum, changeForum, recordRun } from './actions.ts'
import { readAdherence } from './adherence.ts'
import * as api from './api.ts'
import { drawForumBoard } from './board-sheet.ts'
import { readInterval } from './interval.ts'
import { listForums, readForum } from './queries.ts'
import { listRuns, readRun } from './run-queries.ts'

export const forumRoutes = [
  route(api.listForums, async (context, { query }) => ({ items: await listForums(context, query) })),
  route(api.getForum, (context, { params }) => readForum(context, params.id)),
  route(api.getInterval, (context, { params }) => readInterval(context, params.id)),
  route(api.drawForumBoard, (_, { params, query, inTransaction }) => drawForumBoard(inTransaction, params.id, query)),
  route(api.getAdherence, (context, { query }) => readAdherence(context, query)),
  route(api.addForum, (context, { body }) => addForum(context, body)),
  route(api.changeForum, (context, { params, body, matches }) => changeForum(context, params.id, matches, body)),
  route(api.listRuns, (context, { query }) => listRuns(context, query)),
  route(api.getRun, (context, { params }) => readRun(context, params.id)),
  route(api.recordRun, (context, { params, body, matches }) => recordRun(context, params.id, matches, body)),
]
