import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query'
import * as customers from '#api/customers'
import * as api from '#api/mail'
import * as people from '#api/people'
import * as services from '#api/services'
import { call } from '#web/http/call.ts'

export function accountsQuery() {
  return queryOptions({
    queryKey: ['mail', 'accounts'],
    queryFn: ({ signal }) => call(api.listMailAccounts, {}, signal),
    // How each does changes by itself.
    refetchInterval: 15_000,
  })
}

export function templatesQuery() {
  return queryOptions({
    queryKey: ['mail', 'templates'],
    queryFn: ({ signal }) => call(api.listMailTemplates, { query: {} }, signal),
  })
}

/** Mails that wait for somebody, or all; the newest first. */
export function mailsQuery({ show, q }: { readonly show?: 'all' | undefined; readonly q: string }) {
  return infiniteQueryOptions({
    queryKey: ['mail', 'mails', { show, q }],
    queryFn: ({ signal, pageParam }) =>
      call(
        api.listReceivedMails,
        {
          query: {
            limit: 50,
            ...(show === undefined && { waiting: true }),
            ...(q !== '' && { q }),
            ...(pageParam && { cursor: pageParam }),
          },
        },
        signal,
      ),
    initialPageParam: '',
    getNextPageParam: ({ nextCursor }) => nextCursor,
  })
}

export function mailQuery(id: string) {
  return queryOptions({
    queryKey: ['mail', 'mails', id],
    queryFn: ({ signal }) => call(api.readReceivedMail, { params: { id } }, signal),
  })
}

/** What mails of a mailbox may be about: what its customer has, or without one what is for all. */
export function servicesToChoose(customer: string) {
  return queryOptions({
    queryKey: ['choices', 'services', { customer }],
    queryFn: async ({ signal }) => {
      const query = { limit: 200, ...(customer !== '' && { customer }) }
      const { items } = await call(services.listServices, { query }, signal)
      return customer === '' ? items.filter(({ customerId }) => customerId === null) : items
    },
    staleTime: 60_000,
  })
}

/** Of whom a mail may be. */
export function customersToChoose() {
  return queryOptions({
    queryKey: ['choices', 'customers'],
    queryFn: async ({ signal }) => (await call(customers.listCustomers, { query: { limit: 200 } }, signal)).items,
    staleTime: 60_000,
  })
}

/** Whose work mails may be. */
export function teamsToChoose() {
  return queryOptions({
    queryKey: ['choices', 'teams'],
    queryFn: async ({ signal }) => (await call(people.listTeams, { query: { limit: 200 } }, signal)).items,
    staleTime: 60_000,
  })
}
