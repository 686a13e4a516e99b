import { compileCalendar, type CalendarRules, type OpenTime } from '#core/calendar.ts'
import type { PauseReason } from '#core/clock-terms.ts'
import { instantAt, localAt } from '#core/zone.ts'
import type {
  HolidayPlace,
  Priority,
  SampleAgent,
  SampleAgreementVersion,
  SampleCompany,
  SampleCustomer,
  SampleRequester,
  SampleService,
  SampleSite,
  SampleTeam,
  TeamKey,
} from './company.ts'
import { type Subject, subjects } from './subjects/index.ts'

/** What is written, and until when. */
export interface SamplePlan {
  readonly company: SampleCompany
  readonly seed: string
  readonly tickets: number
  /** Instants, whole hours, the end exclusive: nothing happens from there on. */
  readonly from: number
  readonly to: number
  /** Rules of each calendar by its key, with holidays. */
  readonly rules: ReadonlyMap<string, CalendarRules>
  /** Local dates of a place's public holidays, over the period at least. */
  readonly holidays: (place: HolidayPlace) => ReadonlySet<string>
}

/** What was promised for a ticket, in the hours in which it counts. */
export interface Promised {
  readonly open: OpenTime
  readonly matrix: SampleAgreementVersion['matrix']
  readonly pausedBy: readonly PauseReason[]
  /** Milliseconds of open time; null when nothing was promised. */
  readonly targetMs: (metric: 'response' | 'resolution', priority: Priority) => number | null
}

/** A service that can break at a site, and how. */
export interface Breakable {
  readonly service: SampleService
  readonly subjects: readonly Subject[]
  readonly weights: readonly number[]
}

/** The company, looked up. */
export interface SampleWorld {
  readonly customer: (key: string) => SampleCustomer
  readonly team: (key: TeamKey) => SampleTeam
  readonly members: (key: TeamKey) => readonly SampleAgent[]
  readonly requesters: (site: SampleSite) => readonly SampleRequester[]
  readonly breakables: (site: SampleSite) => {
    readonly items: readonly Breakable[]
    readonly weights: readonly number[]
  }
  readonly service: (key: string) => SampleService
  readonly promised: (site: SampleSite, service: SampleService, at: number) => Promised | null
  /** When a team works on what is not urgent. */
  readonly teamHours: (key: TeamKey) => OpenTime
  /** When somebody answers at a site. */
  readonly siteHours: (site: SampleSite) => OpenTime
}

/** When a version begins, in its customer's zone; long before the period for the first ones. */
export function beginningOf(
  { from }: SampleAgreementVersion,
  timeZone: string,
  plan: Pick<SamplePlan, 'from' | 'to'>,
): number {
  const end = new Date(localAt(timeZone, from === 'before' ? plan.from : plan.to))
  const months = from === 'before' ? 18 : from
  return instantAt(timeZone, Date.UTC(end.getUTCFullYear(), end.getUTCMonth() - months, 1))
}

export function worldOf(plan: SamplePlan): SampleWorld {
  const { company } = plan
  const customers = byKey(company.customers)
  const teams = byKey(company.teams)
  const services = byKey(company.services)
  const members = Map.groupBy(company.staff, ({ team }) => team)
  const requesters = Map.groupBy(company.requesters, ({ site }) => site)
  const open = new Map([...plan.rules].map(([key, rules]) => [key, compileCalendar(rules)]))
  const agreements = company.agreements.map(({ customer, services: of, versions }) => ({
    customer,
    of,
    versions: versions
      .map((version) => ({
        begins: beginningOf(version, customers.get(customer)!.timeZone, plan),
        promised: promisedBy(version, open.get(version.calendar)!),
      }))
      .toSorted((one, other) => other.begins - one.begins),
  }))
  const breakables = new Map(company.sites.map((site) => [site.key, breakablesAt(site, company.services)]))
  const teamHours = new Map(company.teams.map((team) => [team.key, compileCalendar(hoursOf(team))]))
  const siteHours = new Map(
    company.sites.map((site) => [site.key, compileCalendar(siteRules(site, plan.holidays(site.place)))]),
  )
  return {
    customer: (key) => customers.get(key)!,
    team: (key) => teams.get(key)!,
    members: (key) => members.get(key) ?? [],
    requesters: ({ key }) => requesters.get(key)!,
    breakables: ({ key }) => breakables.get(key)!,
    service: (key) => services.get(key)!,
    promised: ({ customer }, { key }, at) => {
      const own = agreements.filter((agreement) => agreement.customer === customer)
      const found = own.find(({ of }) => of.includes(key)) ?? own.find(({ of }) => of.length === 0)
      return found?.versions.find(({ begins }) => begins <= at)?.promised ?? null
    },
    teamHours: (key) => teamHours.get(key)!,
    siteHours: ({ key }) => siteHours.get(key)!,
  }
}

function byKey<Item extends { readonly key: string }>(items: readonly Item[]): ReadonlyMap<string, Item> {
  return new Map(items.map((item) => [item.key, item]))
}

function promisedBy({ targets, matrix, pausedBy }: SampleAgreementVersion, open: OpenTime): Promised {
  return {
    open,
    matrix,
    pausedBy,
    targetMs: (metric, priority) => {
      const target = targets[metric][priority]
      return target === undefined ? null : target[0] * 1000
    },
  }
}

function breakablesAt(site: SampleSite, services: readonly SampleService[]): ReturnType<SampleWorld['breakables']> {
  const items = services
    .filter(({ customer }) => customer === null || customer === site.customer)
    .map((service): Breakable => {
      const here = subjects[service.key].filter(
        (subject) => subject.sites === undefined || subject.sites.includes(site.type),
      )
      return { service, subjects: here, weights: here.map(({ weight }) => weight) }
    })
    .filter((breakable) => breakable.subjects.length > 0)
  // Where only a part of a service is used, less of it breaks.
  const weights = items.map(({ service, subjects: here }) => {
    const all = subjects[service.key].reduce((sum, { weight }) => sum + weight, 0)
    return (service.weight * here.reduce((sum, { weight }) => sum + weight, 0)) / all
  })
  return { items, weights }
}

function hoursOf({ hours, timeZone }: SampleTeam): CalendarRules {
  const [opens, closes] = { always: [0, 24], office: [7, 19], field: [6.5, 18], supplier: [8, 17] }[hours] as [
    number,
    number,
  ]
  const day = [{ opens: opens * 60, closes: closes * 60 }]
  const weekend = hours === 'always' ? day : []
  return { timeZone, week: [day, day, day, day, day, weekend, weekend], exceptions: [] }
}

function siteRules({ type, timeZone }: SampleSite, holidays: ReadonlySet<string>): CalendarRules {
  const [opens, closes] = {
    office: [8, 17],
    headquarters: [8, 18],
    hub: [8, 18],
    factory: [6, 21],
    warehouse: [6, 21],
    retail: [9, 19],
    lab: [7, 20],
  }[type] as [number, number]
  const day = [{ opens: opens * 60, closes: closes * 60 }]
  const saturday = type === 'retail' ? day : []
  return {
    timeZone,
    week: [day, day, day, day, day, saturday, []],
    exceptions: [...holidays].toSorted().map((date) => ({ date, windows: [] })),
  }
}
