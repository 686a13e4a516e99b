import { queryOptions } from '@tanstack/react-query'
import * as api from '#api/kpis'
import type { BoardName, KpiPart } from '#api/kpis'
import { call } from '#web/http/call.ts'

export function kpisQuery(customer: string | undefined) {
  return queryOptions({
    queryKey: ['kpis', 'list', customer],
    queryFn: ({ signal }) => call(api.listKpis, { query: { customer } }, signal),
  })
}

export interface KpiSlice {
  readonly customer: string | undefined
  readonly part: KpiPart
  readonly of: string
}

export function kpiQuery(key: string, slice: KpiSlice) {
  return queryOptions({
    queryKey: ['kpis', 'one', key, slice],
    queryFn: ({ signal }) => call(api.getKpi, { params: { key }, query: slice }, signal),
  })
}

export function recordsQuery(key: string, slice: KpiSlice & { readonly month: string }) {
  return queryOptions({
    queryKey: ['kpis', 'records', key, slice],
    queryFn: ({ signal }) => call(api.listKpiRecords, { params: { key }, query: slice }, signal),
  })
}

export function boardQuery(board: BoardName, customer: string | undefined) {
  return queryOptions({
    queryKey: ['kpis', 'board', board, customer],
    queryFn: ({ signal }) => call(api.getBoard, { params: { board }, query: { customer } }, signal),
  })
}
