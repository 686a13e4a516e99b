import type { QueryClient } from '@tanstack/react-query'
import type { IncidentFilter, ListSearch } from './list-filter.ts'
import { incidentsQuery } from './queries-list.ts'

let last: { readonly search: ListSearch; readonly filter: IncidentFilter } | null = null

/** The list somebody sees, so that an incident can say where in it it stands, and go on to the next. */
export function rememberList(search: ListSearch, filter: IncidentFilter): void {
  last = { search, filter }
}

export interface ListPlace {
  readonly search: ListSearch
  /** From 1. */
  readonly position: number
  /** Of so many that were shown. */
  readonly count: number
  /** There are more than were shown. */
  readonly more: boolean
  readonly before: string | null
  readonly after: string | null
}

/** Where an incident stands in the list that was left for it; null when it came from elsewhere. */
export function placeInList(client: QueryClient, number: string): ListPlace | null {
  const data = last === null ? undefined : client.getQueryData(incidentsQuery(last.filter).queryKey)
  if (last === null || data === undefined) return null
  const numbers = data.pages.flatMap(({ items }) => items.map((incident) => incident.number))
  const index = numbers.indexOf(number)
  if (index === -1) return null
  return {
    search: last.search,
    position: index + 1,
    count: numbers.length,
    more: data.pages.at(-1)?.nextCursor !== null,
    before: numbers[index - 1] ?? null,
    after: numbers[index + 1] ?? null,
  }
}
