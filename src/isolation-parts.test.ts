import { expect, test } from 'vitest'
import { actorWith } from '#platform/testing.ts'
import { customerWithEverything } from './everything-testing.ts'
import { MARK } from './forgeries-testing.ts'
import { nothing, triedAs } from './isolation-testing.ts'
import { testWorld } from './testing.ts'

test.each([
  ['a customer’s stakeholder', 'site', actorWith('customer', ['customer-stakeholder'])],
  ['a customer’s stakeholder', 'service', actorWith('customer', ['customer-stakeholder'])],
  ['an agent', 'site', actorWith('limited', ['agent'])],
  ['an agent', 'team', actorWith('limited', ['agent'])],
] as const)(
  '%s for one %s learns nothing of the customer’s other one from any endpoint and changes nothing there',
  async (_, kind, asker) => {
    const world = await testWorld({ now: new Date('2026-03-02T09:00Z') })
    const own = await customerWithEverything(world, 'own')
    const foreign = await customerWithEverything(world, MARK, { ...own, part: kind })
    const { customerId, site, service, team } = own
    const part = {
      customerId,
      siteId: kind === 'site' ? site.id : null,
      serviceId: kind === 'service' ? service.id : null,
      teamId: kind === 'team' ? team.id : null,
    }
    const as = { ...asker, customers: [customerId], parts: [part] }
    const seen = await world.call('GET', '/incidents?count=true', undefined, { as })
    expect(seen.body.items).toHaveLength(1)
    expect(await triedAs(as, world, { whole: own, foreign })).toEqual(nothing)
  },
  120_000,
)
