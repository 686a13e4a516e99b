import { expect, test } from 'vitest'
import { actorWith } from '#platform/testing.ts'
import { customerWithEverything } from './everything-testing.ts'
import { testWorld } from './testing.ts'

test('an agent for one site logs and resolves there, and is told so elsewhere', async () => {
  const world = await testWorld({ now: new Date('2026-03-02T09:00Z') })
  const own = await customerWithEverything(world, 'own')
  const other = await customerWithEverything(world, 'other', { ...own, part: 'site' })
  const { customerId, site } = own
  const part = { customerId, siteId: site.id, serviceId: null }
  const as = { ...actorWith('limited', ['agent'], [customerId]), parts: [part] }
  const report = { customer: customerId, title: 'Scanner is silent', description: '', impact: 'high', urgency: 'high' }
  const log = async (more: object) => world.call('POST', '/incidents', { ...report, ...more }, { as })

  const logged = await log({ site: site.id })
  expect(logged.status, logged.text).toBe(201)
  expect(logged.body.clocks).toHaveLength(2)
  const step = { to: 'resolved', note: 'Battery changed' }
  const resolved = await world.call('POST', `/incidents/${logged.body.id}/transitions`, step, { as })
  expect(resolved.status, resolved.text).toBe(200)
  const month = `/reports/attainment?customer=${customerId}&groupBy=site&from=2026-03-01&to=2026-04-01`
  const seen = await world.call('GET', month, undefined, { as })
  expect(seen.status, seen.text).toBe(200)
  expect(seen.text).not.toContain('other site')

  // Another site is not there for them; no site at all lies beyond their part.
  expect((await log({ site: other.site.id })).status).toBe(404)
  expect(await log({})).toMatchObject({ status: 403, body: { code: 'may.beyond-part' } })
})
