import { route } from '#platform/http.ts'
import { calculateApart, outlookApart, simulateApart } from './apart.ts'
import * as api from './api.ts'
import { claimLevel, noteMiss } from './claims.ts'
import { disputeCreditOf, listCredits, moveCredit, readCredit } from './credits.ts'
import { draftRegime, readRegimeAsText } from './regime-drafts.ts'
import { returnLevel } from './returns.ts'
import { addRegime, readRegime } from './regimes.ts'

export const creditRoutes = [
  route(api.getCreditRegime, (context, { params }) => readRegime(context, params.id)),
  route(api.addCreditRegime, (context, { params, body }) => addRegime(context, params.id, body)),
  route(api.getRegimeText, (context, { params }) => readRegimeAsText(context, params.id)),
  route(api.draftRegime, (context, { params, body }) => draftRegime(context, params.id, body)),
  route(api.simulateCredits, (_, { params, body, ...door }) => simulateApart(door, params.id, body)),
  route(api.getCreditOutlook, (_, { params, ...door }) => outlookApart(door, params.id)),
  route(api.listCredits, async (context, { params }) => ({ items: await listCredits(context, params.id) })),
  route(api.getCredit, (context, { params }) => readCredit(context, params.id)),
  route(api.calculateCredit, (_, { params, body, ...door }) => calculateApart(door, params.id, body.month)),
  route(api.moveCredit, (context, { params, matches, body }) => moveCredit(context, params.id, matches, body.to)),
  route(api.disputeCredit, (_, { params, body, ...door }) => disputeCreditOf(door, params.id, body)),
  route(api.returnCreditLevel, (context, { params, body }) => returnLevel(context, params.id, body.level)),
  route(api.claimCredit, (_, { params, body, ...door }) => claimLevel(door, params.id, body.level)),
  route(api.putCreditNote, (context, { params, body }) => noteMiss(context, params.id, body)),
]
