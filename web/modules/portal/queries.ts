import { queryOptions } from '@tanstack/react-query'
import * as incidents from '#api/incidents'
import type { HistoryEntry, Incident } from '#api/incidents'
import * as catalogue from '#api/catalogue'
import * as requests from '#api/requests'
import type { Request } from '#api/requests'
import * as services from '#api/services'
import * as sites from '#api/sites'
import { call } from '#web/http/call.ts'

const MINUTE_MS = 60_000

/** What somebody reported: what is not over, and what was over lately. */
export interface OwnReports {
  readonly open: readonly Incident[]
  readonly over: readonly Incident[]
}

const OVER_SHOWN = 8

/** The own reports, the last changed first. What is resolved is not over: the person who reported it has to say so. */
export function ownReportsQuery() {
  return queryOptions({
    queryKey: ['portal', 'reports'],
    queryFn: async ({ signal }): Promise<OwnReports> => {
      const list = async (state: 'open' | 'resolved' | 'closed' | 'cancelled', limit: number) =>
        (await call(incidents.listIncidents, { query: { requester: 'me', state, limit } }, signal)).items
      const [open, resolved, closed, cancelled] = await Promise.all([
        list('open', 200),
        list('resolved', 50),
        list('closed', OVER_SHOWN),
        list('cancelled', OVER_SHOWN),
      ])
      const over = [...closed, ...cancelled].toSorted(
        (one, other) => other.updatedAt.getTime() - one.updatedAt.getTime(),
      )
      return { open: [...open, ...resolved], over: over.slice(0, OVER_SHOWN) }
    },
    refetchInterval: MINUTE_MS,
  })
}

/** One report as it stands. */
export function reportedQuery(number: string) {
  return queryOptions({
    queryKey: ['portal', 'report', number],
    queryFn: ({ signal }) => call(incidents.getIncident, { params: { id: number } }, signal),
    refetchInterval: MINUTE_MS,
  })
}

const FACTS = 1000

/** What happened to a report, the oldest first. */
export function happenedQuery(number: string) {
  return queryOptions({
    queryKey: ['portal', 'report', number, 'timeline'],
    queryFn: async ({ signal }) => {
      const entries: HistoryEntry[] = []
      let cursor: string | undefined
      do {
        const { items, nextCursor } = await call(
          incidents.readTimeline,
          { params: { id: number }, query: { limit: FACTS, cursor } },
          signal,
        )
        entries.push(...items)
        cursor = nextCursor ?? undefined
      } while (cursor !== undefined)
      return entries
    },
  })
}

/** Files of a report. */
export function reportFilesQuery(number: string) {
  return queryOptions({
    queryKey: ['portal', 'report', number, 'files'],
    queryFn: async ({ signal }) =>
      (await call(incidents.listIncidentAttachments, { params: { id: number } }, signal)).items.filter(
        ({ removed }) => !removed,
      ),
  })
}

/** Services and sites that a report can be about. */
export function aboutQuery(customer: string | undefined) {
  return queryOptions({
    queryKey: ['portal', 'about', { customer }],
    queryFn: async ({ signal }) => {
      const query = { customer, limit: 200 }
      const [offered, places] = await Promise.all([
        call(services.listServices, { query }, signal),
        call(sites.listSites, { query }, signal),
      ])
      return { services: offered.items.filter(({ lifecycle }) => lifecycle !== 'retired'), sites: places.items }
    },
    enabled: customer !== undefined,
    staleTime: MINUTE_MS,
  })
}

/** Open reports that say what a title says. */
export function alikeQuery(title: string, customer: string | undefined) {
  return queryOptions({
    queryKey: ['portal', 'alike', { title, customer }],
    queryFn: async ({ signal }) =>
      (
        await call(
          incidents.listSimilarIncidents,
          { query: { title, customer, open: true, requester: 'me', limit: 3 } },
          signal,
        )
      ).items,
    enabled: title !== '',
    staleTime: MINUTE_MS,
  })
}

/** What can be ordered: one item as it is now. */
export function orderableQuery(id: string) {
  return queryOptions({
    queryKey: ['portal', 'item', id],
    queryFn: ({ signal }) => call(catalogue.getCatalogueItem, { params: { id } }, signal),
    staleTime: MINUTE_MS,
  })
}

const ITEMS_SHOWN = 12
const OVER = new Set<Request['state']>(['closed', 'rejected', 'cancelled', 'confirmed'])

/** What somebody ordered (what is over only lately), how much waits for their yes or no, and what they can order. */
export function ownRequestsQuery() {
  return queryOptions({
    queryKey: ['portal', 'requests'],
    queryFn: async ({ signal }) => {
      const [own, approvals, items] = await Promise.all([
        call(requests.listRequests, { query: { requester: 'me', limit: 100 } }, signal),
        call(requests.listApprovals, { query: { mine: true, limit: 100 } }, signal),
        call(catalogue.listCatalogueItems, { query: { state: 'published', limit: ITEMS_SHOWN } }, signal),
      ])
      const open = own.items.filter(({ state }) => !OVER.has(state))
      const over = own.items.filter(({ state }) => OVER.has(state))
      return { requests: [...open, ...over.slice(0, 4)], approvals: approvals.items.length, items: items.items }
    },
    refetchInterval: MINUTE_MS,
  })
}

/** One request as it stands, with its steps. */
export function orderedQuery(number: string) {
  return queryOptions({
    queryKey: ['portal', 'request-order', number],
    queryFn: async ({ signal }) => {
      const [request, tasks] = await Promise.all([
        call(requests.getRequest, { params: { id: number } }, signal),
        call(requests.listRequestTasks, { params: { id: number } }, signal),
      ])
      return { request, tasks: tasks.items }
    },
    refetchInterval: MINUTE_MS,
  })
}

/** What was said and decided of a request, the oldest first. */
export function saidOfRequestQuery(number: string) {
  return queryOptions({
    queryKey: ['portal', 'request-order', number, 'timeline'],
    queryFn: async ({ signal }) =>
      (await call(requests.readRequestTimeline, { params: { id: number }, query: { limit: FACTS } }, signal)).items,
  })
}
