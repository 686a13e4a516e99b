import { expect, test } from 'vitest'
import { inContext, testDatabase } from '#platform/testing.ts'
import { findOrCreateRequester } from './people.ts'
import { requireTeam } from './team-queries.ts'
import { peopleWorld, type Visitor } from './testing.ts'

test('a team needs only a name, and keeps who is in it', async () => {
  const { administrator, join } = await peopleWorld()
  const gus = await join({ email: 'gus@example.com', role: 'agent' })
  const { status, body, headers } = await administrator.call('POST', '/teams', { name: 'Desk' })
  expect({ status, body, etag: headers['etag'] }).toEqual({
    status: 201,
    body: { id: expect.any(String), name: 'Desk', kind: 'resolver', calendarId: null, members: [], version: 1 },
    etag: '"1"',
  })

  const change = { kind: 'desk', members: [{ id: gus.id, kind: 'on-loan' }] }
  const changed = await administrator.call('PATCH', `/teams/${body.id}`, change, { 'if-match': '"1"' })

  expect(changed.body).toEqual({
    ...body,
    kind: 'desk',
    members: [{ id: gus.id, name: 'Gus', kind: 'on-loan' }],
    version: 2,
  })
  expect((await gus.call('GET', `/teams/${body.id}`)).body).toEqual(changed.body)
  expect((await administrator.call('PATCH', `/teams/${body.id}`, { name: 'Late' }, { 'if-match': '"1"' })).status).toBe(
    412,
  )
  const emptied = await administrator.call('PATCH', `/teams/${body.id}`, { members: [] }, { 'if-match': '"2"' })
  expect(emptied.body).toMatchObject({ name: 'Desk', kind: 'desk', members: [] })
})

test('teams are listed by name, page by page, and found by words', async () => {
  const { administrator } = await peopleWorld()
  for (const name of ['Network', 'desk', 'Apps']) await administrator.call('POST', '/teams', { name })

  const first = (await administrator.call('GET', '/teams?limit=2')).body
  const second = (await administrator.call('GET', `/teams?limit=2&cursor=${first.nextCursor}`)).body

  expect([...first.items, ...second.items].map(({ name }) => name)).toEqual(['Apps', 'desk', 'Network'])
  expect(second.nextCursor).toBeNull()
  expect((await administrator.call('GET', '/teams?q=ES')).body.items).toHaveLength(1)
})

test("no two teams have a name, and a customer's people are in none", async () => {
  const { administrator, addCustomer } = await peopleWorld()
  await addCustomer('Nordhafen')
  const { body: nils } = await administrator.call('POST', '/people', { name: 'Nils', customer: 'Nordhafen' })
  await administrator.call('POST', '/teams', { name: 'Desk' })

  expect(await administrator.call('POST', '/teams', { name: 'Desk' })).toMatchObject({
    status: 409,
    body: { code: 'team.name-taken' },
  })
  const withNils = await administrator.call('POST', '/teams', { name: 'Field', members: [{ id: nils.id }] })
  expect(withNils).toMatchObject({ status: 422, body: { code: 'team.member-not-ours' } })
  expect((await administrator.call('GET', '/teams')).body.items).toHaveLength(1)
})

test('agents see teams and change none', async () => {
  const { administrator, join } = await peopleWorld()
  const gus = await join({ email: 'gus@example.com', role: 'agent' })
  const { body } = await administrator.call('POST', '/teams', { name: 'Desk' })

  expect((await gus.call('GET', '/teams')).body.items).toHaveLength(1)
  expect((await gus.call('POST', '/teams', { name: 'Mine' })).body.code).toBe('may.managers')
  expect((await gus.call('PATCH', `/teams/${body.id}`, { name: 'Mine' }, { 'if-match': '"1"' })).body.code).toBe(
    'may.managers',
  )
})

test('other modules find a team by id or by name in any case', async () => {
  const { db, administrator } = await peopleWorld()
  const { body } = await administrator.call('POST', '/teams', { name: 'Desk' })

  expect((await requireTeam(db, body.id)).name).toBe('Desk')
  expect((await requireTeam(db, ' desk ')).id).toBe(body.id)
  await expect(requireTeam(db, 'Atlantis')).rejects.toMatchObject({ code: 'team.not-found' })
})

test('a requester met twice is one person, also for two at the same time', async () => {
  const database = await testDatabase()
  const customer = '0192f0c0-0000-7000-8000-00000000000a'
  await database.db.insertInto('customer').values({ id: customer, key: 'NORTH', name: 'Nordhafen' }).execute()
  const meet = async () =>
    inContext(database, async (context) => findOrCreateRequester(context, customer, ' Nils.Aker@North.example '))

  const met = await Promise.all([meet(), meet(), meet()])

  expect(new Set(met.map(({ id }) => id)).size).toBe(1)
  expect(met[0].name).toBe('Nils Aker')
  expect(await database.db.selectFrom('person').select('email').execute()).toEqual([
    { email: 'nils.aker@north.example' },
  ])
})

test('a team that nothing names can be removed, one that a role names stays', async () => {
  const { administrator, join, addCustomer } = await peopleWorld()
  await addCustomer('Nordhafen')
  const stakeholder = await join({ email: 's@n.example', role: 'customer-stakeholder', customer: 'Nordhafen' })
  const gus = await join({ email: 'gus@example.com', role: 'agent' })
  const add = async (name: string) => (await administrator.call('POST', '/teams', { name })).body.id
  const [mistake, field] = [await add('Mistake'), await add('Field')]
  const role = { role: 'resolver-lead', team: field }
  expect((await administrator.call('POST', `/people/${gus.id}/roles`, role)).status).toBe(201)
  const remove = async (who: Visitor, id: string) => who.call('DELETE', `/teams/${id}`)

  expect((await remove(gus, mistake)).body.code).toBe('may.managers')
  expect((await remove(stakeholder, mistake)).status).toBe(404)
  expect((await remove(administrator, mistake)).status).toBe(204)
  expect((await remove(administrator, mistake)).body.code).toBe('team.not-found')
  expect((await remove(administrator, field)).body.code).toBe('team.in-use')
})
