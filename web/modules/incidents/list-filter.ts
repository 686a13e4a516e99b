import { z } from 'zod'
import { incidentStates, type IncidentState } from '#api/incidents'
import { priorities, type Priority } from '#api/service-levels'
import { optional } from '#web/ui/search.ts'

/** By what a list is ordered; the first one unless chosen. */
export const sortings = ['-updatedAt', 'dueAt', '-openedAt'] as const
export type Sorting = (typeof sortings)[number]

export const listedStates = ['open', 'all', ...incidentStates] as const

/** What of a list stands in the address; the customer stands there for every page. */
export const listSearch = z.object({
  state: optional(z.enum(listedStates)),
  priority: optional(z.enum(priorities)),
  site: optional(z.uuid()),
  service: optional(z.uuid()),
  team: optional(z.uuid()),
  q: optional(z.string().trim().min(1).max(200)),
  sort: optional(z.enum(sortings)),
})

export type ListSearch = z.output<typeof listSearch> & { readonly customer?: string | undefined }

/** What the server is asked for. */
export interface IncidentFilter {
  readonly customer?: string | undefined
  readonly state?: IncidentState | 'open' | undefined
  readonly priority?: Priority | undefined
  readonly site?: string | undefined
  readonly service?: string | undefined
  readonly team?: string | undefined
  readonly q?: string | undefined
  readonly sort: Sorting
}

/** Without a word about the state, what is still owed is shown. */
export function filterOf({
  customer,
  state = 'open',
  priority,
  site,
  service,
  team,
  q,
  sort,
}: ListSearch): IncidentFilter {
  return {
    customer,
    state: state === 'all' ? undefined : state,
    priority,
    site,
    service,
    team,
    q,
    sort: sort ?? sortings[0],
  }
}

/** The conditions somebody may loosen when nothing fits. */
export const loosenable = ['q', 'team', 'service', 'site', 'priority', 'state', 'customer'] as const
export type Loosenable = (typeof loosenable)[number]

/** Which conditions a list has; to be open is one. */
export function conditionsOf(search: ListSearch): readonly Loosenable[] {
  return loosenable.filter((name) =>
    name === 'state' ? (search.state ?? 'open') !== 'all' : search[name] !== undefined,
  )
}

/** The same list without one of its conditions. A site is one of its customer, so it goes with it. */
export function loosened(search: ListSearch, name: Loosenable): ListSearch {
  if (name === 'state') return { ...search, state: 'all' }
  return { ...search, [name]: undefined, ...(name === 'customer' && { site: undefined }) }
}

/** By what a table's head says: it knows one direction of each. */
export function sortingOf(head: string): Sorting {
  const name = head.replace('-', '')
  return sortings.find((sorting) => sorting.replace('-', '') === name) ?? sortings[0]
}
