// Loaded when the palette first searches: what is here is in no first load.
import type { Finder } from '#web/app/pages.ts'
import { call } from '#web/http/call.ts'
import { preferredLanguage } from '#web/ui/language.ts'

/** So many of a kind are shown. */
const LIMIT = 5
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

export const findCatalogueItems: Finder = async (words, signal) => {
  const { listCatalogueItems } = await import('#api/catalogue')
  const { items } = await call(listCatalogueItems, { query: { q: words, limit: LIMIT } }, signal)
  const language = preferredLanguage()
  return items.map(({ id, name, customer }) => ({
    to: `/catalogue/${id}`,
    title: name[language] || name.de || name.en,
    kind: 'app.kind.catalogue-item',
    about: customer?.name ?? '',
  }))
}

export const findContacts: Finder = async (words, signal) => {
  const { listContacts } = await import('#api/contacts')
  const { items } = await call(listContacts, { query: { q: words, limit: LIMIT } }, signal)
  return items.map(({ id, subject, caller, customer }) => ({
    to: `/contacts/${id}`,
    title: subject,
    kind: 'app.kind.contact',
    about: caller.name === '' ? customer.name : caller.name,
  }))
}

export const findMails: Finder = async (words, signal) => {
  const { listReceivedMails } = await import('#api/mail')
  const { items } = await call(listReceivedMails, { query: { q: words, limit: LIMIT } }, signal)
  return items.map(({ id, subject, from }) => ({
    to: `/mails/${id}`,
    title: subject,
    kind: 'app.kind.mail',
    about: from.name || (from.address ?? ''),
  }))
}
