import { infiniteQueryOptions, keepPreviousData, queryOptions } from '@tanstack/react-query'
import * as customers from '#api/customers'
import * as people from '#api/people'
import * as api from '#api/service-levels'
import * as services from '#api/services'
import { call } from '#web/http/call.ts'

/** As many as can be chosen from. */
const MOST = 200

/** What was agreed, by name, page by page. */
export function agreementsQuery(customer: string | undefined) {
  return infiniteQueryOptions({
    queryKey: ['agreements', 'list', { customer }],
    queryFn: ({ signal, pageParam }) =>
      call(
        api.listAgreements,
        { query: { limit: 50, ...(customer && { customer }), ...(pageParam && { cursor: pageParam }) } },
        signal,
      ),
    initialPageParam: '',
    getNextPageParam: ({ nextCursor }) => nextCursor,
  })
}

export function agreementQuery(id: string) {
  return queryOptions({
    queryKey: ['agreements', id],
    queryFn: ({ signal }) => call(api.getAgreement, { params: { id } }, signal),
  })
}

/** Calendars that may be agreed on with a customer; all of them without one. */
export function calendarsQuery(customer: string | undefined) {
  return queryOptions({
    queryKey: ['calendars', 'list', { customer }],
    queryFn: async ({ signal }) =>
      (await call(api.listCalendars, { query: { limit: MOST, ...(customer && { customer }) } }, signal)).items,
  })
}

export function calendarQuery(id: string) {
  return queryOptions({
    queryKey: ['calendars', id],
    queryFn: ({ signal }) => call(api.getCalendar, { params: { id } }, signal),
  })
}

/** What a customer can order. */
export function orderableQuery(customer: string) {
  return queryOptions({
    queryKey: ['agreements', 'orderable', customer],
    queryFn: async ({ signal }) =>
      (await call(api.listOrderable, { query: { ...(customer && { customer }) } }, signal)).items,
    staleTime: 60_000,
  })
}

/** The agreements that count in a calendar's hours. */
export function calendarUsesQuery(id: string) {
  return queryOptions({
    queryKey: ['calendars', id, 'uses'],
    queryFn: ({ signal }) => call(api.listCalendarUses, { params: { id } }, signal),
  })
}

/** Customers that something can be agreed with. */
export function agreeableCustomersQuery() {
  return queryOptions({
    queryKey: ['choices', 'customers'],
    queryFn: async ({ signal }) => (await call(customers.listCustomers, { query: { limit: MOST } }, signal)).items,
    staleTime: 60_000,
  })
}

/** Services that can be promised to a customer: its own and those for all. */
export function servicesQuery(customer: string) {
  return queryOptions({
    queryKey: ['choices', 'services', customer],
    queryFn: async ({ signal }) =>
      (await call(services.listServices, { query: { customer, limit: MOST } }, signal)).items,
    staleTime: 60_000,
    enabled: customer !== '',
  })
}

/** The provider's teams, by name. */
export function teamsQuery() {
  return queryOptions({
    queryKey: ['choices', 'teams'],
    queryFn: async ({ signal }) => (await call(people.listTeams, { query: { limit: MOST } }, signal)).items,
    staleTime: 60_000,
  })
}

/** All that was agreed about a customer, with others as well. */
export function agreementChoicesQuery(customer: string) {
  return queryOptions({
    queryKey: ['agreements', 'choices', customer],
    queryFn: async ({ signal }) => (await call(api.listAgreements, { query: { customer, limit: MOST } }, signal)).items,
    enabled: customer !== '',
  })
}

/** Whether what stands behind an agreement is enough for a version of it. @param reserveSeconds To be kept free. */
export function chainQuery(id: string, versionId: string, reserveSeconds: number) {
  return queryOptions({
    queryKey: ['agreements', id, 'chain', versionId, reserveSeconds],
    queryFn: ({ signal }) =>
      call(api.checkAgreementChain, { params: { id, versionId }, query: { reserveSeconds } }, signal),
    placeholderData: keepPreviousData,
  })
}

/** What putting a version in force would do. */
export function activationQuery(id: string, versionId: string) {
  return queryOptions({
    queryKey: ['agreements', id, 'activation', versionId],
    queryFn: ({ signal }) => call(api.foreseeActivation, { params: { id, versionId } }, signal),
  })
}

/** The first year from which a customer's incidents are known to have been resolved; null when none is known. */
export function firstYearQuery(customer: string) {
  return queryOptions({
    queryKey: ['agreements', 'first-year', customer],
    queryFn: async ({ signal }) => {
      const { groups } = await call(api.reportAttainment, { query: { customer, groupBy: 'month' } }, signal)
      const first = groups.map(({ key }) => key).toSorted()[0]
      return first === undefined ? null : Number(first.slice(0, 4))
    },
    staleTime: 60_000,
  })
}

/** Countries whose holidays are known, the states of one, or the regions of a state. */
export function placesQuery(country?: string, state?: string) {
  return queryOptions({
    queryKey: ['calendars', 'places', country ?? '', state ?? ''],
    queryFn: async ({ signal }) =>
      (await call(api.listHolidayPlaces, { query: { ...(country && { country }), ...(state && { state }) } }, signal))
        .items,
    staleTime: Infinity,
  })
}

interface HolidayPlace {
  readonly country: string
  readonly state?: string | undefined
  readonly region?: string | undefined
}

export function holidaysQuery(place: HolidayPlace, year: number) {
  const { country, state, region } = place
  return queryOptions({
    queryKey: ['calendars', 'holidays', country, state ?? '', region ?? '', year],
    queryFn: async ({ signal }) =>
      (
        await call(
          api.listHolidays,
          { query: { country, year, ...(state && { state }), ...(region && { region }) } },
          signal,
        )
      ).items,
    staleTime: Infinity,
  })
}
