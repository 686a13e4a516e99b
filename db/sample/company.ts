import type { CalendarRules } from '#core/calendar-rules.ts'
import type { PauseReason } from '#core/clock-terms.ts'
import { agreements, calendars, supports } from './agreements.ts'
import { customers, sites } from './customers.ts'
import { requestersOf, staffOf } from './people.ts'
import { randomOf } from './random.ts'
import { services } from './services.ts'
import { teams } from './teams.ts'

export type Level = 'high' | 'medium' | 'low'
export type Priority = 'p1' | 'p2' | 'p3' | 'p4' | 'p5'
export type Language = 'de' | 'en'
export type SiteType = 'office' | 'headquarters' | 'factory' | 'warehouse' | 'retail' | 'hub' | 'lab'

/** Whose public holidays hold, by the codes of ISO 3166. */
export interface HolidayPlace {
  readonly country: string
  readonly state?: string
}

export interface SampleCustomer {
  readonly id: string
  /** In front of its numbers. */
  readonly key: string
  readonly name: string
  readonly kind: 'external' | 'internal'
  readonly timeZone: string
  readonly language: Language
  /** Where its people's addresses end; a reserved name, so that no mail ever reaches anybody. */
  readonly domain: string
}

export interface SampleSite {
  readonly id: string
  readonly key: string
  readonly customer: string
  readonly name: string
  /** In the names of its devices. */
  readonly code: string
  readonly place: HolidayPlace
  readonly timeZone: string
  readonly type: SiteType
  /** People who work there: the more, the more breaks. */
  readonly people: number
  /** The team that comes. */
  readonly fieldTeam: TeamKey
}

export interface SampleService {
  readonly id: string
  readonly key: ServiceKey
  readonly name: string
  /** Key of the one customer it is for; null for all. */
  readonly customer: string | null
  readonly criticality: 1 | 2 | 3 | 4
  /** How much of the work it makes, beside the others at the same kind of site. */
  readonly weight: number
}

export type ServiceKey = (typeof services)[number]['key']
export type TeamKey = (typeof teams)[number]['key']

export interface SampleTeam {
  readonly id: string
  readonly key: TeamKey
  readonly name: string
  readonly kind: 'desk' | 'field' | 'resolver' | 'supplier'
  /** When it works on what is not urgent. */
  readonly hours: 'always' | 'office' | 'field' | 'supplier'
  readonly timeZone: string
  readonly size: number
  /** Where its people come from, for their names. */
  readonly countries: readonly string[]
}

export interface SamplePerson {
  readonly id: string
  readonly name: string
  readonly email: string
  readonly language: Language
  readonly timeZone: string
}

export interface SampleAgent extends SamplePerson {
  readonly team: TeamKey
}

export interface SampleRequester extends SamplePerson {
  readonly customer: string
  readonly site: string
}

export interface SampleCalendar {
  readonly id: string
  readonly key: string
  readonly customer: string | null
  readonly name: string
  /** Without holidays: those of `place` are added where it is written. */
  readonly rules: CalendarRules
  readonly place: HolidayPlace | null
}

/** Seconds of service time, and the share to be met in basis points. */
export type Target = readonly [seconds: number, attainmentBp: number]

export interface SampleAgreementVersion {
  readonly calendar: string
  /** Held since before the period, or begins so many whole months before the month in which the period ends. */
  readonly from: 'before' | number
  readonly targets: Readonly<Record<'response' | 'resolution', Readonly<Partial<Record<Priority, Target>>>>>
  readonly matrix: Readonly<Record<Level, Readonly<Record<Level, Priority>>>>
  readonly pausedBy: readonly PauseReason[]
}

export interface SampleAgreement {
  readonly key: string
  readonly customer: string
  readonly name: string
  /** Empty: all of the customer's. */
  readonly services: readonly ServiceKey[]
  readonly versions: readonly SampleAgreementVersion[]
}

/** What a team, or a supplier by its team, promises behind an agreement, side by side with others. */
export interface SampleSupport {
  readonly agreement: string
  readonly name: string
  /** Who promises it: a team of ours, or a supplier, whose time is the wait for it. */
  readonly team?: string
  readonly supplier?: string
  /** None: whatever service it is. */
  readonly services?: readonly ServiceKey[]
  readonly calendar: string
  /** Seconds until it is solved. */
  readonly resolution: Readonly<Partial<Record<Priority, number>>>
}

/** Who there is and what was agreed. Ids are keys until somebody writes it down and gives real ones. */
export interface SampleCompany {
  /** Who does the work and whose installation this is. */
  readonly provider: string
  readonly customers: readonly SampleCustomer[]
  readonly sites: readonly SampleSite[]
  readonly services: readonly SampleService[]
  readonly teams: readonly SampleTeam[]
  readonly staff: readonly SampleAgent[]
  readonly requesters: readonly SampleRequester[]
  readonly calendars: readonly SampleCalendar[]
  readonly agreements: readonly SampleAgreement[]
  readonly supports: readonly SampleSupport[]
}

/** The organisation that does the work, and whose installation it is. */
export const provider = 'Senklot Services'

/** The company of a seed; the more tickets, the more people report them. */
export function sampleCompany({ seed, tickets }: { readonly seed: string; readonly tickets: number }): SampleCompany {
  const random = randomOf(`${seed}/people`)
  const requesters = Math.max(120, Math.min(3000, Math.round(tickets / 50)))
  return {
    provider,
    customers,
    sites,
    services: services.map((service) => ({ id: service.key, ...service })),
    teams: teams.map((team) => ({ id: team.key, ...team })),
    staff: staffOf(random),
    requesters: requestersOf(random, requesters),
    calendars,
    agreements,
    supports,
  }
}
