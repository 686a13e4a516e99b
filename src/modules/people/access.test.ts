import { expect, test } from 'vitest'
import { peopleWorld } from './testing.ts'

const HOUR_MS = 3_600_000

interface Told {
  readonly record: string
  readonly act: string
  readonly may: boolean
  readonly reason: string | null
  readonly by: readonly string[]
  readonly count: number | null
  readonly of: number | null
}

function ruleOf(access: { readonly rules: readonly Told[] }, act: string, record: string): Told {
  return access.rules.find((rule) => rule.act === act && rule.record === record)!
}

test('what somebody may see is told by rule and role, counted as the database shows it to them', async () => {
  const { administrator, join, addCustomer, now, db } = await peopleWorld()
  const north = await addCustomer('Nordhafen')
  const south = await addCustomer('Südwerk')
  const site = '0192f0c0-0000-7000-8000-000000000001'
  await db.insertInto('site').values({ id: site, customerId: north, name: 'Quay', timeZone: 'UTC' }).execute()
  const gus = await join({ email: 'gus@example.com', role: 'agent', customer: 'Nordhafen' })
  const give = async (role: object) => administrator.call('POST', `/people/${gus.id}/roles`, role)
  await give({ role: 'service-manager', validFrom: new Date(now().getTime() + HOUR_MS).toISOString() })
  await give({ role: 'resolver-lead', customer: 'Nordhafen', site })
  await give({ role: 'finance' })

  const { status, body, text } = await administrator.call('GET', `/people/${gus.id}/access`)

  expect(status, text).toBe(200)
  expect(body).toMatchObject({
    signsIn: true,
    access: 'limited',
    allCustomers: false,
    customers: [{ id: north, name: 'Nordhafen' }],
  })
  const standing = body.roles.map((held: { role: string; standing: string }) => [held.role, held.standing])
  expect(Object.fromEntries(standing)).toEqual({
    agent: 'holds',
    'service-manager': 'later',
    'resolver-lead': 'outreached',
    finance: 'holds',
  })
  const idOf = (name: string) => body.roles.find(({ role }: { role: string }) => role === name).id
  const [agent, finance] = [idOf('agent'), idOf('finance')]
  expect(ruleOf(body, 'see', 'customers')).toMatchObject({
    may: true,
    by: expect.arrayContaining([agent, finance]),
    count: 1,
    of: 2,
  })
  expect(ruleOf(body, 'see', 'sites')).toMatchObject({ count: 1, of: 1 })
  expect(ruleOf(body, 'keep', 'incidents')).toMatchObject({ may: true, reason: null, by: [agent] })
  expect(ruleOf(body, 'keep', 'agreements')).toMatchObject({
    may: false,
    reason: 'Only service managers and administrators do this.',
    by: [],
  })
  expect(ruleOf(body, 'keep', 'settings').reason).toBe('Only administrators do this.')
  void south
})

test('a person sees what they may see themselves, and nothing of how much there is of others', async () => {
  const { administrator, join, addCustomer } = await peopleWorld()
  await addCustomer('Nordhafen')
  await addCustomer('Südwerk')
  const sten = await join({ email: 'sten@north.example', role: 'customer-stakeholder', customer: 'Nordhafen' })
  const other = await join({ email: 'sven@south.example', role: 'customer-stakeholder', customer: 'Südwerk' })
  const mia = await join({ email: 'mia@example.com', role: 'service-manager' })
  const otto = await join({ email: 'otto@example.com', role: 'auditor' })

  const own = (await sten.call('GET', `/people/${sten.id}/access`)).body

  expect(ruleOf(own, 'see', 'customers')).toMatchObject({ may: true, count: 1, of: null })
  expect(ruleOf(own, 'see', 'teams')).toMatchObject({ may: false, count: null, of: null })
  expect((await sten.call('GET', `/people/${other.id}/access`)).status).toBe(403)
  expect((await mia.call('GET', `/people/${sten.id}/access`)).body.code).toBe('may.administrators')
  const audited = (await otto.call('GET', `/people/${mia.id}/access`)).body
  expect(audited).toMatchObject({ access: 'staff', allCustomers: true })
  expect(ruleOf(audited, 'see', 'customers')).toMatchObject({ count: 2, of: 2 })
  await administrator.call('POST', `/people/${mia.id}/disable`)
  expect((await administrator.call('GET', `/people/${mia.id}/access`)).body.signsIn).toBe(false)
})

test('a role is narrowed to what belongs to its customer, and its validity changes until it has ended', async () => {
  const { administrator, join, addCustomer, now, wait, db } = await peopleWorld()
  const north = await addCustomer('Nordhafen')
  await addCustomer('Südwerk')
  const site = '0192f0c0-0000-7000-8000-000000000001'
  await db.insertInto('site').values({ id: site, customerId: north, name: 'Quay', timeZone: 'UTC' }).execute()
  const team = (await administrator.call('POST', '/teams', { name: 'Field' })).body.id
  const gus = await join({ email: 'gus@example.com', role: 'agent' })
  const give = async (role: object) => administrator.call('POST', `/people/${gus.id}/roles`, role)

  expect((await give({ role: 'resolver-lead', customer: 'Südwerk', site })).body.code).toBe('role.scope-unknown')
  expect((await give({ role: 'resolver-lead', site })).body.code).toBe('role.scope-unknown')
  expect((await give({ role: 'auditor', team })).body.code).toBe('role.not-narrowed')
  const given = await give({ role: 'resolver-lead', customer: 'Nordhafen', site, team })
  expect(given.body).toMatchObject({ site: { name: 'Quay' }, team: { name: 'Field' }, service: null, byGroup: false })
  expect((await give({ role: 'resolver-lead', customer: 'Nordhafen', site, team })).body.code).toBe('role.held')

  const path = `/people/${gus.id}/roles/${given.body.id}`
  const validTo = new Date(now().getTime() + HOUR_MS).toISOString()
  const changed = await administrator.call('PATCH', path, { validTo })
  expect(changed.body.roles.find(({ id }: { id: string }) => id === given.body.id)).toMatchObject({ validTo })
  expect((await administrator.call('PATCH', path, { validTo: '2020-01-01T00:00:00Z' })).body.code).toBe(
    'role.ends-early',
  )
  expect((await gus.call('PATCH', path, { validTo: null })).body.code).toBe('may.administrators')
  wait(2 * HOUR_MS)
  expect((await administrator.call('PATCH', path, { validTo: null })).status).toBe(404)
  // A beginning that has passed stays; the last administrator's role gets no end.
  const ada = (await administrator.call('GET', '/session')).body.person
  const { roles } = (await administrator.call('GET', `/people/${ada.id}`)).body
  const end = { validTo: new Date(now().getTime() + HOUR_MS).toISOString(), validFrom: now().toISOString() }
  expect((await administrator.call('PATCH', `/people/${ada.id}/roles/${roles[0].id}`, end)).body.code).toBe(
    'administrator.last',
  )
})
