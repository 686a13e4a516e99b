import type { TextKey } from '#web/locales/catalogue.ts'

/** Where people go, by what they do there; in this order. An area is in the navigation as soon as a module has a page for it. */
export const areas = [
  'portal',
  'today',
  'desk',
  'knowledge',
  'service-levels',
  'reviews',
  'actions',
  'agreements',
  'contracts',
  'suppliers',
  'budgets',
  'imports',
  'customers',
  'people',
  'settings',
  'audit',
  'privacy',
] as const
export type Area = (typeof areas)[number]

interface AreaWords {
  readonly label: TextKey
  /** On the bar of a phone; areas without one are under *More*. */
  readonly short?: TextKey
  /** After `g`. */
  readonly key: string
}

export const areaWords: Readonly<Record<Area, AreaWords>> = {
  portal: { label: 'app.area.portal', short: 'app.area.portal-short', key: 'm' },
  today: { label: 'app.area.today', short: 'app.area.today', key: 't' },
  desk: { label: 'app.area.desk', short: 'app.area.desk-short', key: 'd' },
  knowledge: { label: 'app.area.knowledge', key: 'k' },
  'service-levels': { label: 'app.area.service-levels', short: 'app.area.service-levels-short', key: 's' },
  reviews: { label: 'app.area.reviews', key: 'r' },
  actions: { label: 'app.area.actions', key: 'o' },
  agreements: { label: 'app.area.agreements', key: 'a' },
  contracts: { label: 'app.area.contracts', key: 'v' },
  suppliers: { label: 'app.area.suppliers', key: 'l' },
  budgets: { label: 'app.area.budgets', key: 'b' },
  imports: { label: 'app.area.imports', key: 'i' },
  customers: { label: 'app.area.customers', key: 'c' },
  people: { label: 'app.area.people', key: 'p' },
  settings: { label: 'app.area.settings', key: 'e' },
  audit: { label: 'app.area.audit', key: 'u' },
  privacy: { label: 'app.area.privacy', key: 'y' },
}
