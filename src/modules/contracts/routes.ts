import { route } from '#platform/http.ts'
import * as api from './api.ts'
import { dispute } from './charge-dispute.ts'
import { draftCharges, listCharges, moveCharges } from './charges.ts'
import { addContract, moveContract, readPrivate, signVersion, writePrivate } from './contracts.ts'
import { calendarOf } from './days-feed.ts'
import { type LastDaysOf, listDays } from './days.ts'
import { answerDispute, listDisputes } from './disputes.ts'
import { indexPrices, listIndexations, listReadings } from './indexations.ts'
import { invoiceFile, readInvoicing, writeInvoicing } from './invoices.ts'
import { addLine, addReading, listLines, setPrice } from './lines.ts'
import { addObligation, listObligations, noticeDue, settleDue } from './obligations.ts'
import { listContracts, readContract } from './queries.ts'

/** @param lastDays What has a last day to act in other modules. */
export const contractRoutes = (lastDays: readonly LastDaysOf[]) => [
  route(api.listContracts, (context, { query }) => listContracts(context, query)),
  route(api.getContract, (context, { params }) => readContract(context, params.id)),
  route(api.addContract, (context, { body }) => addContract(context, body)),
  route(api.addContractVersion, (context, { params, matches, body }) => signVersion(context, params.id, matches, body)),
  route(api.moveContract, (context, { params, matches, body }) => moveContract(context, params.id, matches, body.to)),
  route(api.getContractPrivate, (context, { params }) => readPrivate(context, params.id)),
  route(api.putContractPrivate, (context, { params, body }) => writePrivate(context, params.id, body)),
  route(api.listObligations, async (context, { params }) => ({ items: await listObligations(context, params.id) })),
  route(api.addObligation, (context, { params, body }) => addObligation(context, params.id, body)),
  route(api.settleDue, (context, { params, body }) => settleDue(context, params.id, body)),
  route(api.noticeDue, (context, { params, body }) => noticeDue(context, params.id, body)),
  route(api.listContractDays, async (context, { query }) => ({ items: await listDays(context, query, lastDays) })),
  route(api.downloadContractDays, async (context, { query }) => {
    const text = calendarOf(await listDays(context, query, lastDays), {
      language: context.actor.language,
      now: context.now,
      isCustomers: context.actor.access === 'customer',
    })
    return { file: Buffer.from(text), type: 'text/calendar; charset=utf-8', name: 'contracts.ics' }
  }),
  route(api.listChargeLines, async (context, { params }) => ({ items: await listLines(context, params.id) })),
  route(api.addChargeLine, (context, { params, body }) => addLine(context, params.id, body)),
  route(api.addChargePrice, (context, { params, matches, body }) => setPrice(context, params.id, matches, body)),
  route(api.addVolumeReading, (context, { params, body }) => addReading(context, params.id, body)),
  route(api.listCharges, async (context, { params, query }) => ({
    months: await listCharges(context, params.id, query),
  })),
  route(api.draftCharges, (context, { params, body }) => draftCharges(context, params.id, body.month)),
  route(api.moveCharges, (context, { params, body }) => moveCharges(context, params.id, body)),
  route(api.disputeCharge, (_, { params, body, ...door }) => dispute(door, params.id, body)),
  route(api.listDisputes, async (context, { params }) => ({ items: await listDisputes(context, params.id) })),
  route(api.answerDispute, (context, { params, body }) => answerDispute(context, params.id, body)),
  route(api.listVolumeReadings, async (context, { params }) => ({ items: await listReadings(context, params.id) })),
  route(api.listIndexations, async (context, { params }) => ({ items: await listIndexations(context, params.id) })),
  route(api.indexPrices, (context, { params, body }) => indexPrices(context, params.id, body)),
  route(api.getInvoicing, (context, { params }) => readInvoicing(context, params.id)),
  route(api.putInvoicing, (context, { params, body }) => writeInvoicing(context, params.id, body)),
  route(api.getInvoice, (context, { params, query }) => invoiceFile(context, params.id, params.month, query)),
]
