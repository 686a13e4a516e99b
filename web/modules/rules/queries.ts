import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query'
import * as customers from '#api/customers'
import * as people from '#api/people'
import * as rules from '#api/rules'
import * as levels from '#api/service-levels'
import * as services from '#api/services'
import * as sites from '#api/sites'
import type { WebhookDelivery } from '#api/webhooks'
import * as webhooks from '#api/webhooks'
import { call } from '#web/http/call.ts'

const MOST = 200
const STALE_MS = 60_000
const LOOK_AGAIN_MS = 10_000

export function rulesQuery() {
  return queryOptions({
    queryKey: ['rules', 'list'],
    queryFn: async ({ signal }) => (await call(rules.listRules, {}, signal)).items,
  })
}

export function ruleQuery(id: string) {
  return queryOptions({
    queryKey: ['rules', 'one', id],
    queryFn: ({ signal }) => call(rules.getRule, { params: { id } }, signal),
  })
}

export function versionsQuery(id: string) {
  return queryOptions({
    queryKey: ['rules', 'versions', id],
    queryFn: async ({ signal }) => (await call(rules.listRuleVersions, { params: { id } }, signal)).items,
  })
}

/** What a rule did, the newest first, page by page. */
export function runsQuery(id: string) {
  return infiniteQueryOptions({
    queryKey: ['rules', 'runs', id],
    queryFn: ({ signal, pageParam }) =>
      call(
        rules.listRuleRuns,
        { params: { id }, query: { limit: 50, ...(pageParam && { cursor: pageParam }) } },
        signal,
      ),
    initialPageParam: '',
    getNextPageParam: ({ nextCursor }) => nextCursor,
  })
}

export function profilesQuery() {
  return queryOptions({
    queryKey: ['rules', 'profiles'],
    queryFn: async ({ signal }) => (await call(rules.listAssignmentProfiles, {}, signal)).items,
  })
}

export function webhooksQuery() {
  return queryOptions({
    queryKey: ['webhooks', 'list'],
    queryFn: async ({ signal }) => (await call(webhooks.listWebhooks, {}, signal)).items,
  })
}

export function webhookQuery(id: string) {
  return queryOptions({
    queryKey: ['webhooks', 'one', id],
    queryFn: ({ signal }) => call(webhooks.getWebhook, { params: { id } }, signal),
  })
}

/** What was sent to one, the newest first, page by page; looked at again while something is on its way. */
export function deliveriesQuery(id: string, state: WebhookDelivery['state'] | undefined) {
  return infiniteQueryOptions({
    queryKey: ['webhooks', 'deliveries', id, { state }],
    queryFn: ({ signal, pageParam }) =>
      call(
        webhooks.listWebhookDeliveries,
        { params: { id }, query: { limit: 50, state, ...(pageParam && { cursor: pageParam }) } },
        signal,
      ),
    initialPageParam: '',
    getNextPageParam: ({ nextCursor }) => nextCursor,
    refetchInterval: LOOK_AGAIN_MS,
  })
}

export function deliveryQuery(id: string) {
  return queryOptions({
    queryKey: ['webhooks', 'delivery', id],
    queryFn: ({ signal }) => call(webhooks.getWebhookDelivery, { params: { id } }, signal),
    refetchInterval: ({ state: { data } }) => (data?.state === 'waiting' ? LOOK_AGAIN_MS : false),
  })
}

/** Everything that a rule can name, of what is in sight. */
export function choicesQuery() {
  return queryOptions({
    queryKey: ['rules', 'choices'],
    queryFn: async ({ signal }) => {
      const query = { limit: MOST }
      const [theirs, places, things, teams, colleagues, calendars, hooks] = await Promise.all([
        call(customers.listCustomers, { query }, signal),
        call(sites.listSites, { query }, signal),
        call(services.listServices, { query }, signal),
        call(people.listTeams, { query }, signal),
        call(people.listPeople, { query: { ...query, home: 'provider' } }, signal),
        call(levels.listCalendars, { query }, signal),
        call(webhooks.listWebhooks, {}, signal),
      ])
      return {
        customer: theirs.items,
        site: places.items,
        service: things.items,
        team: teams.items,
        person: colleagues.items,
        calendar: calendars.items,
        webhook: hooks.items,
      }
    },
    staleTime: STALE_MS,
  })
}
