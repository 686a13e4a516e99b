import { expect, test } from 'vitest'
import { type Actor } from '#platform/context.ts'
import { actorWith } from '#platform/testing.ts'
import { testWorld } from '../../testing.ts'

test('a view is its owner’s, is read by whom it is shared with, and never by another customer’s people', async () => {
  const { call } = await testWorld()
  const add = async (path: string, body: object, as?: Actor) => {
    const reply = await call('POST', path, body, as && { as })
    expect(reply.status, reply.text).toBe(201)
    return reply.body
  }
  const nordhafen = await add('/customers', { name: 'Nordhafen', key: 'NHL' })
  const brackwater = await add('/customers', { name: 'Brackwater', key: 'BRA' })
  const ada = await add('/people', { name: 'Ada Lovelace', email: 'ada@provider.example' })
  const team = await add('/teams', { name: 'Desk', members: [{ id: ada.id }] })
  const owner = actorWith('staff', ['agent'])
  const mate: Actor = { ...actorWith('staff', ['agent']), personId: ada.id }
  const colleague = actorWith('staff', ['agent'])
  const forBrackwater = actorWith('limited', ['agent'], [brackwater.id])
  const forNordhafen = actorWith('limited', ['agent'], [nordhafen.id])
  const stakeholder = actorWith('customer', ['customer-stakeholder'], [nordhafen.id])
  const auditor = actorWith('auditor', ['auditor'])
  const seen = async (as: Actor) => {
    const { body } = await call('GET', '/views?page=incidents', undefined, { as })
    return body.items.map(({ name }: { name: string }) => name)
  }
  const search = { customer: nordhafen.id, due: '2d', columns: ['due', 'title'] }

  const view = await add('/views', { page: 'incidents', name: 'Nordhafen, my morning', search }, owner)
  expect(view).toMatchObject({ own: true, shared: 'nobody', usual: false, search })
  expect(await seen(owner)).toEqual(['Nordhafen, my morning'])
  for (const other of [mate, colleague, forNordhafen, stakeholder]) expect(await seen(other)).toEqual([])

  const change = (body: object, version: number, as: Actor) =>
    call('PATCH', `/views/${view.id}`, body, { as, headers: { 'if-match': `"${version}"` } })
  expect((await change({ shared: 'team' }, 1, owner)).body.code).toBe('view.team-needed')
  expect((await change({ shared: 'team', team: team.id }, 1, owner)).status).toBe(200)
  expect(await seen(mate)).toEqual(['Nordhafen, my morning'])
  expect(await seen(colleague)).toEqual([])

  expect((await change({ shared: 'all' }, 1, owner)).status).toBe(412)
  expect((await change({ shared: 'all' }, 2, owner)).body).toMatchObject({ shared: 'all', team: null, version: 3 })
  for (const other of [colleague, auditor, forNordhafen]) expect(await seen(other)).toHaveLength(1)
  for (const other of [forBrackwater, stakeholder]) expect(await seen(other)).toEqual([])

  // Others use it and may open their page with it; they cannot change or remove it.
  expect((await change({ name: 'Mine' }, 3, colleague)).status).toBe(404)
  expect((await call('DELETE', `/views/${view.id}`, undefined, { as: colleague })).status).toBe(404)
  expect((await call('PUT', '/views/usual/incidents', { view: view.id }, { as: colleague })).status).toBe(200)
  const { body: list } = await call('GET', '/views', undefined, { as: colleague })
  expect(list.items).toMatchObject([{ usual: true, own: false }])
  expect((await call('POST', '/views', { page: 'incidents', name: 'x', search: {} }, { as: auditor })).status).toBe(403)
  const taken = await call(
    'POST',
    '/views',
    { page: 'incidents', name: 'NORDHAFEN, my morning', search },
    { as: owner },
  )
  expect([taken.status, taken.body.code]).toEqual([409, 'view.name-taken'])

  expect((await call('DELETE', `/views/${view.id}`, undefined, { as: owner })).status).toBe(204)
  expect(await seen(colleague)).toEqual([])
})
