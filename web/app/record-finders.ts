// Loaded when the palette first searches: what is here is in no first load.
import { queryClient } from '#web/app/query-client.ts'
import type { Finder, Found } from '#web/app/pages.ts'
import { call } from '#web/http/call.ts'
import { folded } from '#web/ui/search-field.tsx'

/** So many of a kind are shown. */
const LIMIT = 5
/** Lists without a search of their own are short: their newest are searched here. */
const NEWEST = 100

export const findPeople: Finder = async (words, signal) => {
  const { listPeople } = await import('#api/people')
  const { items } = await call(listPeople, { query: { q: words, limit: LIMIT } }, signal)
  return items.map(({ id, name, email, customer }) => ({
    to: `/people/${id}`,
    title: name,
    kind: 'app.kind.person',
    about: customer?.name ?? email ?? '',
  }))
}

export const findTeams: Finder = async (words, signal) => {
  const { listTeams } = await import('#api/people')
  const { items } = await call(listTeams, { query: { q: words, limit: LIMIT } }, signal)
  // What a team is for is what it has to do.
  return items.map(({ id, name }) => ({
    to: '/incidents',
    search: { team: id },
    title: name,
    kind: 'app.kind.team',
    about: '',
  }))
}

export const findSites: Finder = async (words, signal) => {
  const { listSites } = await import('#api/sites')
  const { items } = await call(listSites, { query: { q: words, limit: LIMIT } }, signal)
  return items.map(({ id, name, customerId }) => ({
    to: '/incidents',
    search: { customer: customerId, site: id },
    title: name,
    kind: 'app.kind.site',
    about: '',
  }))
}

export const findServices: Finder = async (words, signal) => {
  const { listServices } = await import('#api/services')
  const { items } = await call(listServices, { query: { q: words, limit: LIMIT } }, signal)
  return items.map(({ id, name }) => ({
    to: '/incidents',
    search: { service: id },
    title: name,
    kind: 'app.kind.service',
    about: '',
  }))
}

export const findAgreements: Finder = async (words, signal) => {
  const { listAgreements } = await import('#api/service-levels')
  const { items } = await call(listAgreements, { query: { q: words, limit: LIMIT } }, signal)
  return items.map(({ id, name }) => ({ to: `/agreements/${id}`, title: name, kind: 'app.kind.agreement', about: '' }))
}

export const findCalendars: Finder = async (words, signal) => {
  const { listCalendars } = await import('#api/service-levels')
  const { items } = await call(listCalendars, { query: { q: words, limit: LIMIT } }, signal)
  return items.map(({ id, name }) => ({ to: `/calendars/${id}`, title: name, kind: 'app.kind.calendar', about: '' }))
}

export const findReviews: Finder = async (words) => {
  const { listReviews } = await import('#api/reviews')
  const { items } = await queryClient.fetchQuery({
    queryKey: ['palette', 'reviews'],
    queryFn: ({ signal }) => call(listReviews, { query: { limit: NEWEST } }, signal),
    staleTime: 60_000,
  })
  return fitting(
    words,
    items.map(({ id, customerName, month, version }) => ({
      to: `/reviews/${id}`,
      title: `${customerName}, ${month}`,
      kind: 'app.kind.review',
      about: String(version),
    })),
  )
}

export const findImports: Finder = async (words) => {
  const { listImports } = await import('#api/imports')
  const { items } = await queryClient.fetchQuery({
    queryKey: ['palette', 'imports'],
    queryFn: ({ signal }) => call(listImports, { query: { limit: NEWEST } }, signal),
    staleTime: 60_000,
  })
  return fitting(
    words,
    items.map(({ id, fileName }) => ({ to: `/imports/${id}`, title: fileName, kind: 'app.kind.import', about: '' })),
  )
}

function fitting(words: string, all: readonly Found[]): readonly Found[] {
  const wanted = folded(words).split(/\s+/)
  return all.filter(({ title }) => wanted.every((word) => folded(title).includes(word))).slice(0, LIMIT)
}
