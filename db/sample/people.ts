import type { SampleAgent, SampleRequester } from './company.ts'
import { customers, languageAt, sites } from './customers.ts'
import { names } from './names.ts'
import type { Random } from './random.ts'
import { teams } from './teams.ts'

/** The provider's people, team by team. */
export function staffOf(random: Random): SampleAgent[] {
  const naming = namer(random.fork('staff'), 'senklot-services.example')
  return teams.flatMap(({ key, size, countries, timeZone }) =>
    Array.from({ length: size }, (_, index): SampleAgent => {
      const country = countries[index % countries.length]!
      const person = naming(country)
      return {
        id: person.email,
        ...person,
        team: key,
        timeZone,
        language: ['DE', 'AT', 'CH'].includes(country) ? 'de' : 'en',
      }
    }),
  )
}

/** Those who report something, as many at each site as it has people, and at least four. */
export function requestersOf(random: Random, count: number): SampleRequester[] {
  const people = sites.reduce((sum, site) => sum + site.people, 0)
  return customers.flatMap((customer) => {
    const naming = namer(random.fork(customer.key), customer.domain)
    return sites
      .filter((site) => site.customer === customer.key)
      .flatMap((site) =>
        Array.from({ length: Math.max(4, Math.round((count * site.people) / people)) }, (): SampleRequester => {
          const person = naming(site.place.country)
          return {
            id: person.email,
            ...person,
            customer: customer.key,
            site: site.key,
            timeZone: site.timeZone,
            language: languageAt(site),
          }
        }),
      )
  })
}

/** Gives names of a country; who has the same name as somebody before gets a number in the address, as in any company. */
function namer(random: Random, domain: string): (country: string) => { readonly name: string; readonly email: string } {
  const taken = new Map<string, number>()
  return (country) => {
    const { first, last } = names[country]!
    const name = `${random.pick(first)} ${random.pick(last)}`
    const address = plain(name)
    const before = taken.get(address) ?? 0
    taken.set(address, before + 1)
    return { name, email: `${address}${before === 0 ? '' : before + 1}@${domain}` }
  }
}

const spelled: Readonly<Record<string, string>> = { ä: 'ae', ö: 'oe', ü: 'ue', ß: 'ss', ł: 'l' }

/** `Jörn Göttsche` → `joern.goettsche`. */
function plain(name: string): string {
  return name
    .toLowerCase()
    .replace(/[äöüßł]/g, (letter) => spelled[letter]!)
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .replace(/[^a-z-]+/g, '.')
}
