import { route } from '#platform/http.ts'
import * as api from './api.ts'
import { addCost, importCosts } from './costs.ts'
import { countContract } from './count.ts'
import { sayRate, writePlan } from './plans.ts'
import { listPortfolio, readChecklist } from './portfolio.ts'
import { portfolioWorkbook } from './portfolio-workbook.ts'
import { listPostings } from './postings.ts'
import { readProfit } from './profit.ts'

export const marginRoutes = [
  route(api.getProfit, (context, { params, query }) => readProfit(context, params.id, query)),
  route(api.countProfit, (context, { params }) => countContract(context, params.id)),
  route(api.listPostings, (context, { params, query }) => listPostings(context, params.id, query)),
  route(api.addCost, (context, { params, body }) => addCost(context, params.id, body)),
  route(api.importCosts, (context, { params, body }) => importCosts(context, params.id, body)),
  route(api.putPlan, (context, { params, body }) => writePlan(context, params.id, params.version, body)),
  route(api.putLabourRate, (context, { params, body }) => sayRate(context, params.id, body)),
  route(api.listPortfolio, (context, { query }) => listPortfolio(context, query)),
  route(api.downloadPortfolio, (context, { query }) => portfolioWorkbook(context, query)),
  route(api.getChecklist, (context, { params }) => readChecklist(context, params.customer, params.month)),
]
