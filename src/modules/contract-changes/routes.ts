import { route } from '#platform/http.ts'
import * as api from './api.ts'
import { addChange, listChanges, moveChange, readChange, signChange, writeChange } from './changes.ts'
import { readDifference } from './difference.ts'
import { listWork, workOn } from './work.ts'

export const contractChangeRoutes = [
  route(api.listChanges, async (context, { query }) => ({ items: await listChanges(context, query) })),
  route(api.getChange, (context, { params }) => readChange(context, params.id)),
  route(api.addChange, (context, { params, body }) => addChange(context, params.id, body)),
  route(api.putChange, (context, { params, matches, body }) => writeChange(context, params.id, matches, body)),
  route(api.moveChange, (context, { params, matches, body }) => moveChange(context, params.id, matches, body.to)),
  route(api.signChange, (context, { params, matches, body }) => signChange(context, params.id, matches, body)),
  route(api.listChangeWork, async (context, { params }) => ({ items: await listWork(context, params.id) })),
  route(api.readChangeDifference, (context, { params }) => readDifference(context, params.id)),
  route(api.addChangeWork, (context, { params, body }) => workOn(context, params.id, body)),
]
