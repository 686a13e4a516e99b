import { route } from '#platform/http.ts'
import * as actions from './actions.ts'
import * as api from './api.ts'
import { applyMacro, readyWords } from './apply.ts'
import { textFields } from './fields.ts'
import { listMacros, listTemplates } from './queries.ts'

export const macroRoutes = [
  route(api.listTextTemplates, async (context) => ({
    items: await listTemplates(context),
    fields: [...textFields],
  })),
  route(api.addTextTemplate, (context, { body }) => actions.addTemplate(context, body)),
  route(api.changeTextTemplate, (context, { params, body, matches }) =>
    actions.changeTemplate(context, params.id, matches, body),
  ),
  route(api.removeTextTemplate, (context, { params }) => actions.removeTemplate(context, params.id)),
  route(api.listMacros, async (context) => ({ items: await listMacros(context) })),
  route(api.addMacro, (context, { body }) => actions.addMacro(context, body)),
  route(api.changeMacro, (context, { params, body, matches }) =>
    actions.changeMacro(context, params.id, matches, body),
  ),
  route(api.removeMacro, (context, { params }) => actions.removeMacro(context, params.id)),
  route(api.readyWords, (context, { params }) => readyWords(context, params.id)),
  route(api.useMacro, (context, { params, body }) => applyMacro(context, params.id, body)),
]
