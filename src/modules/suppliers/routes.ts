import { route } from '#platform/http.ts'
import * as api from './api.ts'
import { addPool, addPoolRate, callOff, moveOrder } from './capacity.ts'
import { claim, listClaims, settleClaim } from './claims.ts'
import { importInvoices, listInvoices } from './invoices.ts'
import { listSuppliers } from './list.ts'
import { listOwnSuppliers, stepAsSupplier } from './own.ts'
import { listClaimCases } from './claim-cases.ts'
import { listPromises } from './promises.ts'
import {
  addSupplier,
  addSupplierContract,
  addSupplierPerson,
  moveSupplier,
  viewSupplier,
  writeSupplier,
} from './suppliers.ts'

export const supplierRoutes = [
  route(api.listSuppliers, async (context, { query }) => ({ items: await listSuppliers(context, query) })),
  route(api.getSupplier, (context, { params }) => viewSupplier(context, params.id)),
  route(api.addSupplier, (context, { body }) => addSupplier(context, body)),
  route(api.writeSupplier, (context, { params, body, matches }) => writeSupplier(context, params.id, matches, body)),
  route(api.moveSupplier, (context, { params, body, matches }) => moveSupplier(context, params.id, matches, body.to)),
  route(api.addSupplierPerson, (context, { params, body }) => addSupplierPerson(context, params.id, body.person)),
  route(api.addSupplierContract, (context, { params, body }) => addSupplierContract(context, params.id, body)),
  route(api.addPool, (context, { params, body }) => addPool(context, params.id, body)),
  route(api.addPoolRate, (context, { params, body }) => addPoolRate(context, params.id, body)),
  route(api.callOff, (context, { params, body }) => callOff(context, params.id, body)),
  route(api.moveOrder, (context, { params, body, matches }) => moveOrder(context, params.id, matches, body)),
  route(api.importSupplierInvoices, (context, { params, body }) => importInvoices(context, params.id, body)),
  route(api.listSupplierInvoices, async (context, { params, query }) => ({
    items: await listInvoices(context, params.id, query),
  })),
  route(api.listSupplierClaims, async (context, { params }) => ({ items: await listClaims(context, params.id) })),
  route(api.listSupplierClaimCases, (context, { params, query }) => listClaimCases(context, params.id, query)),
  route(api.claimFromSupplier, (context, { params, body }) => claim(context, params.id, body)),
  route(api.settleSupplierClaim, (context, { params, body, matches }) =>
    settleClaim(context, params.id, matches, body),
  ),
  route(api.listSupplierPromises, async (context, { params, query }) => ({
    items: await listPromises(context, params.id, query.month),
  })),
  route(api.listOwnSuppliers, async (context) => ({ items: await listOwnSuppliers(context) })),
  route(api.moveOwnOrder, (_, given) => stepAsSupplier(given)),
]
