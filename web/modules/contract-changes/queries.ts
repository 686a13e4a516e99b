import { queryOptions } from '@tanstack/react-query'
import * as api from '#api/contract-changes'
import * as contracts from '#api/contracts'
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

/** What its prices can change, and in which currency. */
export function changingQuery(id: string) {
  return queryOptions({
    queryKey: ['changes', 'changing', id],
    queryFn: async ({ signal }) => {
      const [contract, lines] = await Promise.all([
        call(contracts.getContract, { params: { id } }, signal),
        call(contracts.listChargeLines, { params: { id } }, signal),
      ])
      return { contract, lines: lines.items }
    },
  })
}
