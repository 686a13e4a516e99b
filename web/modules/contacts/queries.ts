import { infiniteQueryOptions, keepPreviousData, queryOptions } from '@tanstack/react-query'
import * as api from '#api/contacts'
import type { Channel, Outcome } from '#api/contacts'
import * as customers from '#api/customers'
import * as incidents from '#api/incidents'
import { listArticles } from '#api/knowledge'
import { call, urlOf } from '#web/http/call.ts'

const MINUTE_MS = 60_000
/** As many can be chosen from. */
const MOST = 200

interface Listed {
  readonly customer: string | undefined
  readonly from: string | undefined
  readonly zone: string
  readonly channel: Channel | undefined
  readonly outcome: Outcome | undefined
  readonly first: 'settled' | 'not-settled' | undefined
  readonly q: string | undefined
}

/** The newest first, page by page. */
export function contactsQuery(listed: Listed) {
  return infiniteQueryOptions({
    queryKey: ['contacts', 'list', listed],
    queryFn: ({ signal, pageParam }) =>
      call(api.listContacts, { query: { ...listed, limit: 50, ...(pageParam && { cursor: pageParam }) } }, signal),
    initialPageParam: '',
    getNextPageParam: ({ nextCursor }) => nextCursor,
    refetchInterval: MINUTE_MS,
  })
}

export function reportQuery(period: Pick<Listed, 'customer' | 'from' | 'zone'>) {
  return queryOptions({
    queryKey: ['contacts', 'report', period],
    queryFn: ({ signal }) => call(api.reportContacts, { query: period }, signal),
    refetchInterval: MINUTE_MS,
  })
}

export function contactQuery(id: string) {
  return queryOptions({
    queryKey: ['contacts', 'one', id],
    queryFn: ({ signal }) => call(api.getContact, { params: { id } }, signal),
    // A chat goes on while somebody reads it.
    refetchInterval: 10_000,
  })
}

/** Who may be calling. */
export function callersQuery(words: string, customer: string) {
  return queryOptions({
    queryKey: ['contacts', 'callers', { words, customer }],
    queryFn: async ({ signal }) =>
      (await call(api.findCallers, { query: { q: words, limit: 6, ...(customer && { customer }) } }, signal)).items,
    placeholderData: keepPreviousData,
  })
}

/** What is known already of what somebody is typing: incidents like it, and articles. */
export function knownQuery(customer: string, title: string) {
  return queryOptions({
    queryKey: ['contacts', 'known', { customer, title }],
    queryFn: async ({ signal }) => {
      const of = { ...(customer && { customer }) }
      const [similar, articles] = await Promise.all([
        call(incidents.listSimilarIncidents, { query: { ...of, title, limit: 5, open: true } }, signal),
        call(listArticles, { query: { ...of, q: title, within: 'title', state: 'published', limit: 4 } }, signal),
      ])
      return { similar: similar.items, articles: articles.items }
    },
    placeholderData: keepPreviousData,
    staleTime: MINUTE_MS,
  })
}

export function customersToChoose() {
  return queryOptions({
    queryKey: ['choices', 'customers'],
    queryFn: async ({ signal }) => (await call(customers.listCustomers, { query: { limit: MOST } }, signal)).items,
    staleTime: MINUTE_MS,
  })
}

export function sourcesQuery() {
  return queryOptions({
    queryKey: ['contacts', 'sources'],
    queryFn: async ({ signal }) => (await call(api.listContactSources, {}, signal)).items,
  })
}

/** Where a program hands its messages over. */
export function urlOfMessages(sourceId: string): string {
  return `${location.origin}${urlOf(api.receiveMessage, { params: { id: sourceId } })}`
}
