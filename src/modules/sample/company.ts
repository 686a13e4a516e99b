import { marketOf, segmentOf } from '#sample/territory.ts'
import type { CalendarRules } from '#core/calendar.ts'
import { addCustomer } from '#modules/customers'
import { insertPeople, insertSampleTeam } from '#modules/people'
import { activateAgreementVersion, addAgreement, addAgreementVersion, addCalendar } from '#modules/service-levels'
import { addService } from '#modules/services'
import { addSite } from '#modules/sites'
import type { Context, Db } from '#platform/context.ts'
import type { SampleAgreementVersion, SampleCompany } from '#sample/company.ts'
import { beginningOf } from '#sample/world.ts'

/** The company as it is in the database: with the ids it has there, and what belongs to nobody in particular. */
export interface WrittenCompany {
  readonly company: SampleCompany
  /** Rules of each calendar by its key, with holidays. */
  readonly rules: ReadonlyMap<string, CalendarRules>
  readonly services: readonly string[]
  readonly calendars: readonly string[]
}

interface Period {
  readonly from: number
  readonly to: number
}

/** By this its people are known again. */
export const sampleSourceKey = 'sample:'

/** Writes everything but tickets, through the doors of those who own it. */
export async function writeCompany(context: Context, company: SampleCompany, period: Period): Promise<WrittenCompany> {
  const customers = new Map<string, string>()
  for (const { key, name, kind, timeZone, language } of company.customers) {
    const { id } = await addCustomer(context, { name, key, kind, timeZone, language }, { sample: true })
    customers.set(key, id)
  }
  const sites = await writeSites(context, company, customers)
  const services = await writeServices(context, company, customers)
  const calendars = await writeCalendars(context, company, customers)
  const agreements = await writeAgreements(context, company, {
    customers,
    services: services.ids,
    calendars: calendars.ids,
    period,
  })
  const people = await writePeople(context, company, customers)
  await writeSupports(context, company, {
    agreements,
    calendars: calendars.ids,
    teams: people.teams,
    period,
    services: services.ids,
  })
  return {
    company: {
      ...company,
      customers: company.customers.map((customer) => ({ ...customer, id: customers.get(customer.key)! })),
      sites: company.sites.map((site) => ({ ...site, id: sites.get(site.key)! })),
      services: company.services.map((service) => ({ ...service, id: services.ids.get(service.key)! })),
      ...people,
    },
    rules: calendars.rules,
    services: services.added,
    calendars: calendars.added,
  }
}

type Ids = ReadonlyMap<string, string>

async function writeSites(context: Context, company: SampleCompany, customers: Ids): Promise<Ids> {
  const ids = new Map<string, string>()
  for (const { key, customer, name, timeZone, place, type } of company.sites) {
    const { id } = await addSite(context, {
      customer: customers.get(customer)!,
      name,
      timeZone,
      country: place.country,
      region: place.state ?? null,
      siteType: type,
      segment: segmentOf(type),
      market: marketOf(place.country),
    })
    ids.set(key, id)
  }
  return ids
}

/** Services for all that are there already are used as they are. */
async function writeServices(
  context: Context,
  company: SampleCompany,
  customers: Ids,
): Promise<{ readonly ids: Ids; readonly added: readonly string[] }> {
  const ids = new Map<string, string>()
  const added: string[] = []
  for (const { key, name, customer, criticality } of company.services) {
    const known = customer === null ? await namedForAll(context.db, 'service', name) : undefined
    const id =
      known ??
      (
        await addService(context, {
          name,
          criticality,
          ...(customer !== null && { customer: customers.get(customer)! }),
        })
      ).id
    if (known === undefined && customer === null) added.push(id)
    ids.set(key, id)
  }
  return { ids, added }
}

async function namedForAll(db: Db, table: 'service' | 'calendar', name: string): Promise<string | undefined> {
  const row = await db
    .selectFrom(table)
    .select('id')
    .where('customerId', 'is', null)
    .where((where) => where(where.fn('lower', ['name']), '=', name.toLowerCase()))
    .executeTakeFirst()
  return row?.id
}

async function writeCalendars(context: Context, company: SampleCompany, customers: Ids) {
  const ids = new Map<string, string>()
  const rules = new Map<string, CalendarRules>()
  const added: string[] = []
  for (const calendar of company.calendars) {
    const { key, customer, name, place } = calendar
    const known = customer === null ? await namedForAll(context.db, 'calendar', name) : undefined
    if (known !== undefined) {
      ids.set(key, known)
      rules.set(key, calendar.rules)
      continue
    }
    const language = company.customers.find((each) => each.key === customer)?.language ?? 'en'
    // Its holidays have names that its readers know.
    const written = await addCalendar(
      { ...context, actor: { ...context.actor, language } },
      {
        name,
        rules: { ...calendar.rules, week: calendar.rules.week.map((day) => [...day]), exceptions: [] },
        ...(customer !== null && { customer: customers.get(customer)! }),
        ...(place !== null && { holidays: place }),
      },
    )
    ids.set(key, written.id)
    rules.set(key, written.versions[0]!.rules)
    if (customer === null) added.push(written.id)
  }
  return { ids, rules, added }
}

/** What every agreement promises for orders: forty hours of service time, for nine of ten. */
const forOrders = [{ targetSeconds: 40 * 3600, attainmentBp: 9000 }]

interface AgreementIds {
  readonly customers: Ids
  readonly services: Ids
  readonly calendars: Ids
  readonly period: Period
}

/** @returns The agreements by their names. */
async function writeAgreements(context: Context, company: SampleCompany, ids: AgreementIds): Promise<Agreements> {
  const written = new Map<string, { readonly id: string; readonly customer: string }>()
  for (const { customer, name, services, versions } of company.agreements) {
    const { timeZone } = company.customers.find(({ key }) => key === customer)!
    let agreement: { readonly id: string; readonly version: number } | undefined
    for (const version of versions) {
      const terms = {
        calendar: ids.calendars.get(version.calendar)!,
        validFrom: new Date(beginningOf(version, timeZone, ids.period)),
        services: services.map((service) => ids.services.get(service)!),
        terms: { priorityMatrix: mutable(version.matrix), pausedBy: [...version.pausedBy], fulfilment: forOrders },
        targets: targetsOf(version),
      }
      if (agreement === undefined) {
        agreement = await addAgreement(context, {
          name,
          customer: ids.customers.get(customer)!,
          activate: true,
          ...terms,
        })
        continue
      }
      const draft = await addAgreementVersion(context, agreement.id, agreement.version, terms)
      const versionId = draft.versions[0]!.id
      agreement = await activateAgreementVersion(context, draft.id, { versionId, version: draft.version })
    }
    written.set(name, { id: agreement!.id, customer: ids.customers.get(customer)! })
  }
  return written
}

type Agreements = ReadonlyMap<string, { readonly id: string; readonly customer: string }>

/** What teams and suppliers promise behind these agreements. */
async function writeSupports(
  context: Context,
  company: SampleCompany,
  {
    agreements,
    calendars,
    teams,
    period,
    services: ids,
  }: Pick<AgreementIds, 'calendars' | 'period' | 'services'> &
    Pick<SampleCompany, 'teams'> & { readonly agreements: Agreements },
): Promise<void> {
  for (const { agreement, name, team, supplier, services = [], calendar, resolution } of company.supports) {
    const relying = agreements.get(agreement)!
    await addAgreement(context, {
      name,
      customer: relying.customer,
      type: supplier === undefined ? 'ola' : 'uc',
      party: {
        ...(team !== undefined && { team: teams.find(({ key }) => key === team)!.id }),
        ...(supplier !== undefined && { supplier }),
      },
      behind: [{ agreement: relying.id, step: 1 }],
      calendar: calendars.get(calendar)!,
      validFrom: new Date(period.from),
      services: services.map((key) => ids.get(key)!),
      activate: true,
      terms: {},
      targets: (['p1', 'p2', 'p3', 'p4', 'p5'] as const).flatMap((priority) => {
        const targetSeconds = resolution[priority]
        return targetSeconds === undefined
          ? []
          : [{ metric: 'resolution' as const, priority, targetSeconds, attainmentBp: 9000 }]
      }),
    })
  }
}

function mutable({ high, medium, low }: SampleAgreementVersion['matrix']) {
  return { high: { ...high }, medium: { ...medium }, low: { ...low } }
}

function targetsOf({ targets }: SampleAgreementVersion) {
  return (['response', 'resolution'] as const).flatMap((metric) =>
    (['p1', 'p2', 'p3', 'p4', 'p5'] as const).flatMap((priority) => {
      const target = targets[metric][priority]
      return target === undefined ? [] : [{ metric, priority, targetSeconds: target[0], attainmentBp: target[1] }]
    }),
  )
}

/** Colleagues in their teams, and those who report. */
async function writePeople(
  context: Context,
  company: SampleCompany,
  customers: Ids,
): Promise<Pick<SampleCompany, 'staff' | 'teams' | 'requesters'>> {
  const rows = [
    ...company.staff.map((person) => ({ ...person, customerId: null })),
    ...company.requesters.map((person) => ({ ...person, customerId: customers.get(person.customer)! })),
  ]
  const ids = await insertPeople(
    context,
    rows.map(({ customerId, name, email, language, timeZone }) => ({
      customerId,
      name,
      email,
      language,
      timeZone,
      sourceKey: sampleSourceKey + email,
    })),
  )
  const staff = company.staff.map((person, index) => ({ ...person, id: ids[index]! }))
  const requesters = company.requesters.map((person, index) => ({ ...person, id: ids[staff.length + index]! }))
  const teams = []
  for (const team of company.teams) {
    const members = staff.filter((person) => person.team === team.key).map(({ id }) => id)
    teams.push({ ...team, id: await insertSampleTeam(context, { name: team.name, kind: team.kind, members }) })
  }
  return { staff, requesters, teams }
}
