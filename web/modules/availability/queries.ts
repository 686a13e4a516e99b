import { keepPreviousData, queryOptions } from '@tanstack/react-query'
import * as api from '#api/availability'
import type { DowntimeView } from '#api/availability'
import * as customers from '#api/customers'
import * as incidents from '#api/incidents'
import * as serviceLevels from '#api/service-levels'
import * as services from '#api/services'
import { call } from '#web/http/call.ts'
import { addMonths } from '#web/ui/month.ts'
import { instantAt } from '#core/zone.ts'

/** As many of a month as are shown, and as many as can be chosen from. */
const MOST = 200
const STALE_MS = 60_000

/** Everything of this module that is kept; what is written makes all of it old. */
export const availabilityKey = ['availability'] as const

/** What was promised of services in a month of each customer, and what came of it. */
export function reportQuery(customer: string | undefined, month: string) {
  return queryOptions({
    queryKey: [...availabilityKey, 'report', { customer, month }],
    queryFn: async ({ signal }) =>
      (await call(api.reportAvailability, { query: { month, ...(customer && { customer }) } }, signal)).items,
    placeholderData: keepPreviousData,
  })
}

/** The same of one service, with the hours in which it was agreed to be there. */
export function serviceReportQuery(customer: string | undefined, service: string, month: string) {
  return queryOptions({
    queryKey: [...availabilityKey, 'report', { customer, service, month }],
    queryFn: async ({ signal }) =>
      (
        await call(
          api.reportAvailability,
          { query: { month, service, serviceTime: 'true', ...(customer && { customer }) } },
          signal,
        )
      ).items,
  })
}

interface Span {
  readonly customer: string
  readonly service: string
  readonly from: Date
  readonly to: Date
}

/** The first moment of a month in a zone, and that of the next one. */
export function monthEdges(month: string, zone: string): { readonly from: Date; readonly to: Date } {
  const at = (name: string) => new Date(instantAt(zone, Date.parse(`${name}-01T00:00:00Z`)))
  return { from: at(month), to: at(addMonths(month, 1)) }
}

export function downtimesQuery(span: Span) {
  return queryOptions({
    queryKey: [...availabilityKey, 'downtimes', span],
    queryFn: async ({ signal }) => (await call(api.listDowntimes, { query: { ...span, limit: MOST } }, signal)).items,
  })
}

export function maintenanceQuery(span: Span) {
  return queryOptions({
    queryKey: [...availabilityKey, 'maintenance', span],
    queryFn: async ({ signal }) => (await call(api.listMaintenance, { query: { ...span, limit: MOST } }, signal)).items,
  })
}

export function gapsQuery(span: Span) {
  return queryOptions({
    queryKey: [...availabilityKey, 'gaps', span],
    queryFn: async ({ signal }) => (await call(api.listGaps, { query: { ...span, limit: MOST } }, signal)).items,
  })
}

/** A downtime as it is now; fails when it is none of its service's latest any more. */
export async function downtimeNow({ id, customerId, serviceId }: DowntimeView): Promise<DowntimeView> {
  const query = { customer: customerId, service: serviceId, limit: MOST }
  const { items } = await call(api.listDowntimes, { query })
  const found = items.find((each) => each.id === id)
  if (found === undefined) throw new Error(`There is no downtime ${id} among the latest.`)
  return found
}

/** What differs from what was told of a customer's locked months: entries in that month, and entries about it. */
export function adjustmentsQuery(customer: string | undefined, month: string, service?: string) {
  const query = { limit: MOST, ...(customer && { customer }), ...(service && { service }) }
  return queryOptions({
    queryKey: [...availabilityKey, 'adjustments', { customer, service, month }],
    queryFn: async ({ signal }) => {
      const [about, entered] = await Promise.all([
        call(api.listAvailabilityAdjustments, { query: { ...query, about: month } }, signal),
        call(api.listAvailabilityAdjustments, { query: { ...query, entered: month } }, signal),
      ])
      return [...about.items, ...entered.items]
    },
  })
}

/** What was ever promised of a service to a customer, the latest first. */
export function promisesQuery(customer: string, service: string) {
  return queryOptions({
    queryKey: [...availabilityKey, 'promises', { customer, service }],
    queryFn: async ({ signal }) =>
      (await call(api.listPromises, { query: { customer, service, limit: MOST } }, signal)).items,
    enabled: customer !== '' && service !== '',
  })
}

export function serviceQuery(id: string) {
  return queryOptions({
    queryKey: ['services', id],
    queryFn: ({ signal }) => call(services.getService, { params: { id } }, signal),
    staleTime: STALE_MS,
  })
}

export function customersQuery() {
  return queryOptions({
    queryKey: ['choices', 'customers'],
    queryFn: async ({ signal }) => (await call(customers.listCustomers, { query: { limit: MOST } }, signal)).items,
    staleTime: STALE_MS,
  })
}

export function servicesQuery(customer: string) {
  return queryOptions({
    queryKey: ['choices', 'services', customer],
    queryFn: async ({ signal }) =>
      (await call(services.listServices, { query: { customer, limit: MOST } }, signal)).items,
    staleTime: STALE_MS,
    enabled: customer !== '',
  })
}

export function calendarsQuery(customer: string) {
  return queryOptions({
    queryKey: ['calendars', 'list', { customer }],
    queryFn: async ({ signal }) =>
      (await call(serviceLevels.listCalendars, { query: { customer, limit: MOST } }, signal)).items,
    enabled: customer !== '',
  })
}

/** The latest incidents of a service: one of them is why it was down. */
export function incidentsQuery(customer: string, service: string) {
  return queryOptions({
    queryKey: ['choices', 'incidents', { customer, service }],
    queryFn: async ({ signal }) =>
      (await call(incidents.listIncidents, { query: { customer, service, limit: 100 } }, signal)).items,
    staleTime: STALE_MS,
  })
}
