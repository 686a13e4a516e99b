import { z } from 'zod'
import { incidentStates, sortings } from '#api/incidents'
import type { countIncidents } from '#api/incidents'
import { priorities } from '#api/service-levels'
import { isZone } from '#core/zone.ts'
import type { Sent } from '#web/http/call.ts'
import { manyOf, optional } from '#web/ui/search.ts'
import { listColumns } from './list-column.ts'

export { sortings } from '#api/incidents'
export type Sorting = (typeof sortings)[number]

export const listedStates = ['open', 'all', ...incidentStates] as const
/** By when something is due, as offered; the address takes any number of days. */
export const dues = ['late', 'today', '2d', '7d', 'none'] as const

const day = z.iso.date()

/** What of a list stands in the address; the customer stands there for every page. */
export const listSearch = z.object({
  state: optional(z.enum(listedStates)),
  priority: manyOf(priorities),
  site: optional(z.uuid()),
  service: optional(z.union([z.literal('none'), z.uuid()])),
  team: optional(z.union([z.literal('nobody'), z.uuid()])),
  assignee: optional(z.union([z.enum(['me', 'nobody']), z.uuid()])),
  due: optional(z.string().regex(/^(late|today|none|\d{1,3}d)$/)),
  category: optional(z.string().trim().min(1).max(200)),
  resolutionCode: optional(z.string().trim().min(1).max(100)),
  source: optional(z.string().trim().min(1).max(60)),
  openedFrom: optional(day),
  openedTo: optional(day),
  resolvedFrom: optional(day),
  resolvedTo: optional(day),
  openOn: optional(day),
  /** Whose days are meant, where they are not the reader's. */
  zone: optional(z.string().refine(isZone)),
  q: optional(z.string().trim().min(1).max(200)),
  sort: optional(z.enum(sortings)),
  /** Which are shown, in their order; none means the usual ones. */
  columns: manyOf(listColumns),
  /** The kept view that was picked; the rest of the address is what it says, or what was changed since. */
  view: optional(z.uuid()),
})

type Parsed = z.output<typeof listSearch>
export type ListSearch = Partial<Parsed> & { readonly customer?: string | undefined }

/** What the server is asked for. */
export type IncidentFilter = NonNullable<Sent<typeof countIncidents>['query']> & { readonly sort: Sorting }

/**
 * Without a word about the state, what is still owed is shown.
 *
 * @param zone Whose days are meant where days are.
 */
export function filterOf(search: ListSearch, zone: string): IncidentFilter {
  const { customer, state = 'open', priority = [], site, service, team, assignee } = search
  const { due, category, resolutionCode, source, openedFrom, openedTo, resolvedFrom, resolvedTo, openOn, q, sort } =
    search
  const days =
    (due !== undefined && due !== 'late' && due !== 'none') ||
    [openedFrom, openedTo, resolvedFrom, resolvedTo, openOn].some((each) => each !== undefined)
  return {
    customer,
    state: state === 'all' ? undefined : state,
    priority: priority.length === 0 ? undefined : [...priority],
    site,
    service,
    team,
    assignee,
    due,
    category,
    resolutionCode,
    source,
    openedFrom,
    openedTo,
    resolvedFrom,
    resolvedTo,
    openOn,
    ...(days && { zone: search.zone ?? zone }),
    q,
    sort: sort ?? sortings[0],
  }
}

/** The conditions somebody may loosen when nothing fits. */
export const loosenable = [
  'q',
  'category',
  'resolutionCode',
  'source',
  'opened',
  'resolved',
  'openOn',
  'assignee',
  'team',
  'service',
  'site',
  'due',
  'priority',
  'state',
  'customer',
] as const
export type Loosenable = (typeof loosenable)[number]

/** Those that a sentence has only when they were asked for. */
export const addable = [
  'due',
  'priority',
  'service',
  'team',
  'assignee',
  'category',
  'resolutionCode',
  'opened',
  'resolved',
  'openOn',
  'source',
] as const
export type Addable = (typeof addable)[number]

/** Which conditions a list has; to be open is one. */
export function conditionsOf(search: ListSearch): readonly Loosenable[] {
  return loosenable.filter((name) => {
    if (name === 'state') return (search.state ?? 'open') !== 'all'
    if (name === 'priority') return (search.priority ?? []).length > 0
    if (name === 'opened') return search.openedFrom !== undefined || search.openedTo !== undefined
    if (name === 'resolved') return search.resolvedFrom !== undefined || search.resolvedTo !== undefined
    return search[name] !== undefined
  })
}

/** The same list without one of its conditions. A site is one of its customer, so it goes with it. */
export function loosened(search: ListSearch, name: Loosenable): ListSearch {
  if (name === 'state') return { ...search, state: 'all' }
  if (name === 'priority') return { ...search, priority: [] }
  if (name === 'opened') return { ...search, openedFrom: undefined, openedTo: undefined }
  if (name === 'resolved') return { ...search, resolvedFrom: undefined, resolvedTo: undefined }
  return { ...search, [name]: undefined, ...(name === 'customer' && { site: undefined }) }
}

/** By what a table's head says: of a moment both directions, of the others the one there is. */
export function sortingOf(head: string): Sorting {
  const name = head.replace('-', '')
  return (
    sortings.find((sorting) => sorting === head) ??
    sortings.find((sorting) => sorting.replace('-', '') === name) ??
    sortings[0]
  )
}

/** What of a list is kept under a name: everything but which view it was. */
export function keptOf(search: ListSearch): Record<string, string | string[]> {
  return Object.fromEntries(
    Object.entries(search).flatMap(([name, value]) => {
      if (name === 'view' || value === undefined || value.length === 0) return []
      return [[name, typeof value === 'string' ? value : [...value]]]
    }),
  )
}

/** Whether two lists show the same in the same way. */
export function isSameList(one: Readonly<Record<string, unknown>>, other: Readonly<Record<string, unknown>>): boolean {
  const written = (list: Readonly<Record<string, unknown>>) =>
    JSON.stringify(Object.entries(list).toSorted(([a], [b]) => a.localeCompare(b)))
  return written(one) === written(other)
}
