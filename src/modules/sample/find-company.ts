import { sql } from 'kysely'
import type { CalendarRules } from '#core/calendar.ts'
import type { Db } from '#platform/context.ts'
import type { SampleCompany } from '#sample/company.ts'
import { sampleSourceKey, type WrittenCompany } from './company.ts'

/** The sample company that is there already, with its ids: the one that `company` was written as. */
export async function findCompany(db: Db, company: SampleCompany): Promise<WrittenCompany> {
  const customers = await db.selectFrom('customer').select(['id', 'key']).where('sample', '=', true).execute()
  const idOf = new Map(customers.map(({ key, id }) => [key, id]))
  const of = customers.map(({ id }) => id)
  const sites = await db.selectFrom('site').select(['id', 'name']).where('customerId', 'in', of).execute()
  const services = await db
    .selectFrom('service')
    .select(['id', 'name'])
    .where((where) => where.or([where('customerId', 'in', of), where('customerId', 'is', null)]))
    .execute()
  const teams = await db.selectFrom('team').select(['id', 'name']).where('sample', '=', true).execute()
  const people = await db
    .selectFrom('person')
    .select(['id', 'sourceKey'])
    .where(sql<boolean>`starts_with(source_key, ${sampleSourceKey})`)
    .execute()
  const calendars = await db
    .selectFrom('calendar')
    .innerJoin('calendarVersion', 'calendarVersion.calendarId', 'calendar.id')
    .select(['calendar.name', 'calendarVersion.rules'])
    .orderBy('calendarVersion.validFrom')
    .execute()
  const personOf = new Map(people.map(({ id, sourceKey }) => [sourceKey, id]))
  const rules = new Map(calendars.map((calendar) => [calendar.name, calendar.rules as unknown as CalendarRules]))
  return {
    company: {
      ...company,
      customers: company.customers.map((customer) => ({ ...customer, id: required(idOf, customer.key) })),
      sites: company.sites.map((site) => ({ ...site, id: required(byName(sites), site.name) })),
      services: company.services.map((service) => ({ ...service, id: required(byName(services), service.name) })),
      teams: company.teams.map((team) => ({ ...team, id: required(byName(teams), team.name) })),
      staff: company.staff.map((person) => ({ ...person, id: required(personOf, sampleSourceKey + person.email) })),
      requesters: company.requesters.map((person) => ({
        ...person,
        id: required(personOf, sampleSourceKey + person.email),
      })),
    },
    rules: new Map(company.calendars.map(({ key, name }) => [key, required(rules, name)])),
    services: [],
    calendars: [],
  }
}

function byName(rows: readonly { readonly id: string; readonly name: string }[]): ReadonlyMap<string, string> {
  return new Map(rows.map(({ id, name }) => [name, id]))
}

/** Somebody may have renamed or removed it since: then nothing fits any more. */
function required<Key, Value>(values: ReadonlyMap<Key, Value>, key: Key): Value {
  const value = values.get(key)
  if (value === undefined)
    throw new Error(`The sample company has no ${String(key)} any more. Remove it, then write it again.`)
  return value
}
