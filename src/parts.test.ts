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

test('an agent for a team works on what it has, hands it on, and learns nothing of other teams’ work', async () => {
  const world = await testWorld({ now: new Date('2026-03-02T09:00Z') })
  const { call } = world
  const own = await customerWithEverything(world, 'own')
  const other = await customerWithEverything(world, 'others', { ...own, part: 'team' })
  const { customerId, team } = own
  const part = { customerId: null, siteId: null, serviceId: null, teamId: team.id }
  const as = { ...actorWith('limited', ['agent'], [customerId]), parts: [part], whole: [] }
  const report = { customer: customerId, title: 'Scanner is silent', description: '', impact: 'high', urgency: 'high' }
  const agreed = { ...report, service: own.service.id }

  const listed = await call('GET', '/incidents?count=true', undefined, { as })
  expect(listed.body.items).toHaveLength(1)
  // What is logged without a team is the work of the own one; of another one nothing can be logged.
  const logged = await call('POST', '/incidents', agreed, { as })
  expect(logged.body).toMatchObject({ team: { id: team.id }, state: 'assigned' })
  const elsewhere = await call('POST', '/incidents', { ...agreed, team: other.team.id }, { as })
  expect(elsewhere).toMatchObject({ status: 403, body: { code: 'may.beyond-part' } })

  const path = `/incidents/${logged.body.id}`
  await call('POST', `${path}/transitions`, { to: 'in-progress' }, { as })
  const { body: begun } = await call('GET', path, undefined, { as })
  const month = `/reports/attainment?customer=${customerId}&groupBy=team&from=2026-03-01&to=2026-04-01`
  const figures = async (asker: object) => (await call('GET', month, undefined, asker)).body.groups
  const before = await figures({ as })
  expect(before.map(({ key }: { key: string }) => key)).toEqual([team.id])
  const headers = { 'if-match': `"${begun.version}"` }
  const handed = await call('PATCH', path, { team: other.team.id }, { as, headers })
  expect(handed, handed.text).toMatchObject({ status: 200, body: { team: { id: other.team.id } } })

  // Gone with all that hangs on it, also for the transaction after; whoever sees all finds it where it went.
  expect((await call('GET', path, undefined, { as })).status).toBe(404)
  expect((await call('GET', `${path}/timeline`, undefined, { as })).status).toBe(404)
  const { body: told } = await call('GET', `${path}/timeline`)
  expect(told.items).toContainEqual(expect.objectContaining({ facts: { team: { from: team.id, to: other.team.id } } }))
  // What the team had answered stays in its figures; when the other one resolves it, that is the other one's.
  await call('POST', `${path}/transitions`, { to: 'resolved', note: 'Battery changed' })
  expect(await figures({ as })).toEqual(before)
  const all = await figures({})
  expect(all.map(({ key }: { key: string }) => key).toSorted()).toEqual([team.id, other.team.id].toSorted())
})
