import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query'
import * as forums from '#api/forums'
import * as agreements from '#api/service-levels'
import * as api from '#api/suppliers'
import { call } from '#web/http/call.ts'

export function suppliersQuery(customer: string | undefined) {
  return queryOptions({
    queryKey: ['suppliers', 'list', customer],
    queryFn: async ({ signal }) => (await call(api.listSuppliers, { query: { customer } }, signal)).items,
  })
}

export function supplierQuery(id: string) {
  return queryOptions({
    queryKey: ['suppliers', 'one', id],
    queryFn: ({ signal }) => call(api.getSupplier, { params: { id } }, signal),
  })
}

/** The forums that govern a supplier. */
export function forumsOfQuery(supplier: string) {
  return queryOptions({
    queryKey: ['suppliers', 'forums', supplier],
    queryFn: async ({ signal }) => (await call(forums.listForums, { query: { supplier } }, signal)).items,
  })
}

export function invoicesQuery(id: string, month: string) {
  return queryOptions({
    queryKey: ['suppliers', 'invoices', id, month],
    queryFn: async ({ signal }) =>
      (await call(api.listSupplierInvoices, { params: { id }, query: { month } }, signal)).items,
  })
}

export function claimsQuery(id: string) {
  return queryOptions({
    queryKey: ['suppliers', 'claims', id],
    queryFn: async ({ signal }) => (await call(api.listSupplierClaims, { params: { id } }, signal)).items,
  })
}

/** The missed cases behind a level of a credit, page by page. */
export function claimCasesQuery(id: string, credit: string, level: string) {
  return infiniteQueryOptions({
    queryKey: ['suppliers', 'claim-cases', id, credit, level],
    queryFn: ({ signal, pageParam }) =>
      call(
        api.listSupplierClaimCases,
        { params: { id }, query: { credit, level, limit: 50, ...(pageParam && { cursor: pageParam }) } },
        signal,
      ),
    initialPageParam: '',
    getNextPageParam: ({ nextCursor }) => nextCursor,
  })
}

export function promisesQuery(id: string, month: string) {
  return queryOptions({
    queryKey: ['suppliers', 'promises', id, month],
    queryFn: async ({ signal }) =>
      (await call(api.listSupplierPromises, { params: { id }, query: { month } }, signal)).items,
  })
}

export function ownSuppliersQuery() {
  return queryOptions({
    queryKey: ['suppliers', 'own'],
    queryFn: async ({ signal }) => (await call(api.listOwnSuppliers, {}, signal)).items,
  })
}

/** Contracts with suppliers as agreements, whose clocks say what one kept. */
export function underpinningQuery() {
  return queryOptions({
    queryKey: ['suppliers', 'underpinning'],
    queryFn: async ({ signal }) =>
      (await call(agreements.listAgreements, { query: { limit: 200 } }, signal)).items.filter(
        ({ type }) => type === 'uc',
      ),
  })
}
