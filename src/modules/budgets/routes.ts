import { route } from '#platform/http.ts'
import * as api from './api.ts'
import { listSteps, saySteps } from './approval-chain.ts'
import { listAppropriations, readAppropriation } from './appropriation-view.ts'
import {
  addAppropriation,
  decide,
  listLimits,
  moveAppropriation,
  putInService,
  sayLimit,
  writeAppropriation,
} from './appropriations.ts'
import { budgetWorkbook } from './budget-workbook.ts'
import { readEfficiency, writeEfficiency } from './efficiency.ts'
import { addAccrual, addCommitment, importActuals, writeCommitment } from './entries.ts'
import { listForecasts, lockForecast } from './forecasts.ts'
import { addBudgetLine, readBudget, readLine, writePlan } from './lines.ts'
import { addRateSet, listRateSets, lockRateSet } from './rates.ts'
import { readWord, tellWord, writeWord } from './word.ts'

export const budgetRoutes = [
  route(api.readBudget, (context, { query }) => readBudget(context, query)),
  route(api.downloadBudget, (context, { query }) => budgetWorkbook(context, query)),
  route(api.addBudgetLine, (context, { body }) => addBudgetLine(context, body)),
  route(api.getBudgetLine, (context, { params }) => readLine(context, params.id)),
  route(api.writeBudgetPlan, (context, { params, body, matches }) => writePlan(context, params.id, matches, body)),
  route(api.addAccrual, (context, { params, body }) => addAccrual(context, params.id, body)),
  route(api.addCommitment, (context, { params, body }) => addCommitment(context, params.id, body)),
  route(api.writeCommitment, (context, { params, body, matches }) =>
    writeCommitment(context, params.id, matches, body),
  ),
  route(api.importActuals, (context, { body }) => importActuals(context, body)),
  route(api.listForecasts, async (context, { query }) => ({ items: await listForecasts(context, query) })),
  route(api.lockForecast, (context, { body }) => lockForecast(context, body)),
  route(api.listRateSets, async (context) => ({ items: await listRateSets(context) })),
  route(api.addRateSet, (context, { body }) => addRateSet(context, body)),
  route(api.lockRateSet, (context, { params }) => lockRateSet(context, params.id)),
  route(api.getEfficiency, (context, { params, query }) => readEfficiency(context, params.year, query)),
  route(api.putEfficiency, (context, { params, body }) => writeEfficiency(context, params.year, body)),
  route(api.listAppropriations, async (context, { query }) => ({
    word: await readWord(context.db),
    items: await listAppropriations(context, query),
  })),
  route(api.getAppropriation, (context, { params }) => readAppropriation(context, params.id)),
  route(api.addAppropriation, (context, { body }) => addAppropriation(context, body)),
  route(api.writeAppropriation, (context, { params, body, matches }) =>
    writeAppropriation(context, params.id, matches, body),
  ),
  route(api.moveAppropriation, (context, { params, body, matches }) =>
    moveAppropriation(context, params.id, matches, body),
  ),
  route(api.decideAppropriation, (context, { params, body, matches }) => decide(context, params.id, matches, body)),
  route(api.putInService, (context, { params, body, matches }) => putInService(context, params.id, matches, body)),
  route(api.listApprovalLimits, async (context) => ({ items: await listLimits(context) })),
  route(api.putApprovalLimit, (context, { params, body }) => sayLimit(context, params.person, body)),
  route(api.listApprovalSteps, async (context) => ({ items: await listSteps(context) })),
  route(api.putApprovalSteps, (context, { params, body }) => saySteps(context, params.currency, body)),
  route(api.getBudgetWord, (context) => tellWord(context)),
  route(api.putBudgetWord, (context, { body }) => writeWord(context, body.appropriation)),
]
