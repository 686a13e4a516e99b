import { queryOptions } from '@tanstack/react-query'
import * as api from '#api/contract-changes'
import * as contracts from '#api/contracts'
import * as customers from '#api/customers'
import * as levels from '#api/service-levels'
import { call } from '#web/http/call.ts'

export function changesQuery(of: { readonly contract?: string | undefined; readonly customer?: string | undefined }) {
  return queryOptions({
    queryKey: ['changes', 'list', of],
    queryFn: async ({ signal }) => (await call(api.listChanges, { query: of }, signal)).items,
  })
}

export function changeQuery(id: string) {
  return queryOptions({
    queryKey: ['changes', 'one', id],
    queryFn: ({ signal }) => call(api.getChange, { params: { id } }, signal),
  })
}

/** What was worked for it. */
export function changeWorkQuery(id: string) {
  return queryOptions({
    queryKey: ['changes', 'work', id],
    queryFn: async ({ signal }) => (await call(api.listChangeWork, { params: { id } }, signal)).items,
  })
}

/** What agreed months come to by its prices. */
export function changeDifferenceQuery(id: string) {
  return queryOptions({
    queryKey: ['changes', 'difference', id],
    queryFn: ({ signal }) => call(api.readChangeDifference, { params: { id } }, signal),
  })
}

export function changedAgreementQuery(id: string) {
  return queryOptions({
    queryKey: ['changes', 'agreement', id],
    queryFn: ({ signal }) => call(levels.getAgreement, { params: { id } }, signal),
  })
}

/** A version that is not in force yet. */
export interface AgreementDraft {
  readonly agreement: string
  readonly name: string
  readonly version: string
  readonly number: number
  readonly validFrom: Date
  /** Where its days begin. */
  readonly zone: string
}

const DRAFTS: ReadonlySet<string> = new Set(['draft', 'negotiating', 'agreed'])
/** As many agreements as can be chosen from. */
const MOST = 200

/** What its prices can change, in which currency, and which drafts of agreements can come into force with it. */
export function changingQuery(id: string) {
  return queryOptions({
    queryKey: ['changes', 'changing', id],
    queryFn: async ({ signal }) => {
      const [contract, lines] = await Promise.all([
        call(contracts.getContract, { params: { id } }, signal),
        call(contracts.listChargeLines, { params: { id } }, signal),
      ])
      const customer = contract.customer.id
      const [{ timeZone: zone }, { items }] = await Promise.all([
        call(customers.getCustomer, { params: { id: customer } }, signal),
        call(levels.listAgreements, { query: { customer, limit: MOST } }, signal),
      ])
      const drafts = items
        .filter(({ type }) => type === 'sla')
        .flatMap(({ id: agreement, name, versions }) =>
          versions
            .filter(({ state }) => DRAFTS.has(state))
            .map(({ id: version, number, validFrom }): AgreementDraft => ({
              agreement,
              name,
              version,
              number,
              validFrom,
              zone,
            })),
        )
      return { contract, lines: lines.items, drafts }
    },
  })
}
