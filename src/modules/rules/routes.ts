import { route } from '#platform/http.ts'
import { addRule, changeRule, endRule, orderRules } from './actions.ts'
import * as api from './api.ts'
import { listProfiles, setProfile } from './profiles.ts'
import { listRules, listRuns, listVersions, readRule } from './queries.ts'
import { tryRule } from './trial.ts'

export const ruleRoutes = [
  route(api.listRules, async (context) => ({ items: await listRules(context) })),
  route(api.orderRules, async (context, { body }) => ({ items: await orderRules(context, body.ids) })),
  route(api.tryRule, (_, { body, inTransaction }) => inTransaction('read only', (context) => tryRule(context, body))),
  route(api.getRule, (context, { params }) => readRule(context, params.id)),
  route(api.addRule, (context, { body }) => addRule(context, body)),
  route(api.changeRule, (context, { params, body, matches }) => changeRule(context, params.id, matches, body)),
  route(api.endRule, async (context, { params }) => {
    await endRule(context, params.id)
    return null
  }),
  route(api.listRuleVersions, async (context, { params }) => ({ items: await listVersions(context, params.id) })),
  route(api.listRuleRuns, (context, { params, query }) => listRuns(context, params.id, query)),
  route(api.listAssignmentProfiles, async (context) => ({ items: await listProfiles(context) })),
  route(api.setAssignmentProfile, (context, { params, body, matches }) =>
    setProfile(context, params.id, matches, body),
  ),
]
