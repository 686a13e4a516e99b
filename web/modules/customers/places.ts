import { queryOptions, useQuery } from '@tanstack/react-query'
import * as api from '#api/service-levels'
import { call } from '#web/http/call.ts'

interface Place {
  readonly code: string
  readonly name: string
}

/** Countries, or the states of one, as the calendars know them. */
function placesQuery(country: string | undefined) {
  return queryOptions({
    queryKey: ['holiday-places', country ?? ''],
    queryFn: async ({ signal }) =>
      (await call(api.listHolidayPlaces, { query: country === undefined ? {} : { country } }, signal)).items,
    staleTime: Infinity,
  })
}

export function useCountries(): readonly Place[] {
  return useQuery(placesQuery(undefined)).data ?? []
}

/** None without a country, and for one whose states keep the same holidays. */
export function useStatesOf(country: string): readonly Place[] {
  const { data = [] } = useQuery({ ...placesQuery(country), enabled: country !== '' })
  // Without a country the question would be another one.
  return country === '' ? [] : data
}
