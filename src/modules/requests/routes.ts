import { listKeptResultsOfOrder } from '#modules/service-levels'
import { route } from '#platform/http.ts'
import * as api from './api.ts'
import { approvalsOf, listApprovals } from './approval-queries.ts'
import { orderSheet } from './clock-sheet.ts'
import { decideApproval } from './approve.ts'
import { reportBureaucracy } from './bureaucracy.ts'
import { answerCall } from './call.ts'
import { explainRequest } from './explain.ts'
import { readFieldUse } from './field-use.ts'
import { addRequestFile, changeRequestFile, listRequestFiles, openRequestFile } from './files.ts'
import { moveTask } from './fulfil.ts'
import { readOrderHolders } from './holders.ts'
import { commentRequest, moveRequest, useAnswers } from './move.ts'
import { orderItem } from './order.ts'
import { getRequest, listRequests, readTimeline } from './queries.ts'
import { listTasks, tasksOf } from './task-queries.ts'

export const requestRoutes = [
  route(api.listRequests, (context, { query }) => listRequests(context, query)),
  route(api.getRequest, (context, { params }) => getRequest(context, params.id)),
  route(api.orderItem, (_, { body, ...door }) => orderItem(door, body)),
  route(api.moveRequest, (_, { params, body, ...door }) => moveRequest(door, params.id, body)),
  route(api.commentRequest, (_, { params, body, ...door }) => commentRequest(door, params.id, body)),
  route(api.useAnswers, (_, { params, body, ...door }) => useAnswers(door, params.id, body.fields)),
  route(api.readRequestTimeline, async (context, { params, query }) =>
    readTimeline(context, (await getRequest(context, params.id)).id, query),
  ),
  route(api.listFormerResults, async (context, { params, query }) =>
    listKeptResultsOfOrder(context, (await getRequest(context, params.id)).id, query),
  ),
  route(api.explainRequest, (context, { params }) => explainRequest(context, params.id)),
  route(api.readOrderHolders, (context, { params }) => readOrderHolders(context, params.id)),
  route(api.printRequestSheet, (_, { params, query, inTransaction }) =>
    orderSheet(inTransaction, { ...params, lang: query.lang }),
  ),
  route(api.listRequestAttachments, (context, { params }) => listRequestFiles(context, params.id)),
  route(api.addRequestAttachment, (_, { params, query, stream, ...door }) =>
    addRequestFile(door, params.id, query, stream),
  ),
  route(api.changeRequestAttachment, (context, { params, body, matches }) =>
    changeRequestFile(context, params, { version: matches, change: body }),
  ),
  route(api.openRequestAttachment, (context, { params, query }) => openRequestFile(context, params, query.show)),
  route(api.readFieldUse, (context, { params }) => readFieldUse(context, params.id)),
  route(api.listApprovals, (context, { query }) => listApprovals(context, query)),
  route(api.listRequestApprovals, async (context, { params }) => ({
    items: await approvalsOf(context, (await getRequest(context, params.id)).id),
  })),
  route(api.decideApproval, (_, { params, body, ...door }) => decideApproval(door, params, body)),
  route(api.listTasks, (context, { query }) => listTasks(context, query)),
  route(api.listRequestTasks, async (context, { params }) => ({
    items: await tasksOf(context, (await getRequest(context, params.id)).id),
  })),
  route(api.moveTask, (_, { params, body, ...door }) => moveTask(door, params, body)),
  route(api.answerCall, (_, { params, body, asProgram }) =>
    asProgram((context) => answerCall(context, params.word, body)),
  ),
  route(api.reportBureaucracy, (context, { query }) => reportBureaucracy(context, query)),
]
