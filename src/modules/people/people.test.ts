import { describe, expect, test } from 'vitest'
import { PASSWORD, peopleWorld } from './testing.ts'

const names = (body: { items: { name: string }[] }) => body.items.map(({ name }) => name)

describe('the list of people', () => {
  test('goes by name, page by page, each once', async () => {
    const { administrator, addCustomer } = await peopleWorld()
    await addCustomer('Nordhafen')
    for (const name of ['carl', 'Bo', 'Dag', 'Bo', 'Eva'])
      await administrator.call('POST', '/people', { name, customer: 'Nordhafen' })

    const seen: string[] = []
    for (let cursor: string | null = ''; cursor !== null;) {
      const { body } = await administrator.call('GET', `/people?limit=2${cursor && `&cursor=${cursor}`}`)
      seen.push(...names(body))
      cursor = body.nextCursor
    }

    expect(seen).toEqual(['Ada Quist', 'Bo', 'Bo', 'carl', 'Dag', 'Eva'])
  })

  test('is narrowed by words, customer and role', async () => {
    const { administrator, join, addCustomer } = await peopleWorld()
    const north = await addCustomer('Nordhafen')
    await join({ email: 'mia@example.com', role: 'service-manager', customer: 'Nordhafen' })
    await join({ email: 'sten@north.example', role: 'customer-stakeholder', customer: 'Nordhafen' })
    const list = async (query: string) => names((await administrator.call('GET', `/people?${query}`)).body)

    expect(await list('q=NORTH.ex')).toEqual(['Sten'])
    expect(await list('q=%25')).toEqual([])
    expect(await list('customer=nordhafen')).toEqual(['Sten'])
    expect(await list(`customer=${north}`)).toEqual(['Sten'])
    expect(await list('role=service-manager')).toEqual(['Mia'])
    expect(await list('home=provider')).toEqual(['Ada Quist', 'Mia'])
    expect((await administrator.call('GET', '/people?customer=Atlantis')).body.code).toBe('customer.not-found')
    expect((await administrator.call('GET', '/people?cursor=abc')).body.code).toBe('request.bad-cursor')
  })

  test('tells those who invite how far somebody has got, and nobody else', async () => {
    const { administrator, join } = await peopleWorld()
    const agent = await join({ email: 'gus@example.com', role: 'agent' })
    await administrator.call('POST', '/people', { name: 'Known' })
    await administrator.call('POST', '/invitations', { email: 'ivy@example.com', role: 'agent' })

    const told = (await administrator.call('GET', '/people')).body.items
    const untold = (await agent.call('GET', '/people')).body.items

    expect(told.map(({ name, account }: { name: string; account: string }) => `${name}: ${account}`)).toEqual([
      'Ada Quist: active',
      'Gus: active',
      'Ivy: invited',
      'Known: none',
    ])
    expect(untold.map(({ account }: { account: null }) => account)).toEqual([null, null, null, null])
    for (const [state, found] of [
      ['none', ['Known']],
      ['invited', ['Ivy']],
      ['active', ['Ada Quist', 'Gus']],
      ['disabled', []],
    ] as const) {
      expect(names((await administrator.call('GET', `/people?state=${state}`)).body)).toEqual(found)
    }
    expect((await agent.call('GET', '/people?state=invited')).body.code).toBe('may.managers')
  })
})

describe("a person's record", () => {
  test('is changed by whoever read the version that is there', async () => {
    const { administrator } = await peopleWorld()
    const { body, headers } = await administrator.call('POST', '/people', { name: 'Gus', email: 'Gus@Example.com' })
    expect(headers['etag']).toBe('"1"')
    const change = async (match?: string) =>
      administrator.call(
        'PATCH',
        `/people/${body.id}`,
        { name: 'Gustav' },
        match === undefined ? {} : { 'if-match': match },
      )

    expect((await change()).status).toBe(428)
    expect((await change('"1"')).headers['etag']).toBe('"2"')
    expect(await change('"1"')).toMatchObject({ status: 412, body: { code: 'request.moved-on' } })
    expect(await administrator.call('POST', '/people', { name: 'Other', email: 'gus@example.com' })).toMatchObject({
      status: 409,
      body: { code: 'person.email-taken' },
    })
  })

  test('with a new address signs in with that', async () => {
    const { administrator, visitor, join } = await peopleWorld()
    const agent = await join({ email: 'gus@example.com', role: 'agent' })
    const change = async (email: string) =>
      administrator.call('PATCH', `/people/${agent.id}`, { email }, { 'if-match': '"1"' })

    expect((await change('ada@example.com')).status).toBe(409)
    expect((await change('gustav@example.com')).body.email).toBe('gustav@example.com')

    const signIn = async (email: string) =>
      (await visitor().call('POST', '/sign-in', { email, password: PASSWORD })).status
    expect(await signIn('gustav@example.com')).toBe(200)
    expect(await signIn('gus@example.com')).toBe(401)
  })

  test("of a customer's person who signs in keeps its address, whatever a service manager wants", async () => {
    const { join, addCustomer } = await peopleWorld()
    await addCustomer('Nordhafen')
    const manager = await join({ email: 'mia@example.com', role: 'service-manager', customer: 'Nordhafen' })
    const sten = await join({ email: 'sten@north.example', role: 'customer-stakeholder', customer: 'Nordhafen' })

    const reply = await manager.call(
      'PATCH',
      `/people/${sten.id}`,
      { email: 'mine@example.com' },
      { 'if-match': '"1"' },
    )

    expect(reply).toMatchObject({ status: 403, body: { code: 'may.administrators' } })
    expect((await sten.call('GET', '/session')).body.person.email).toBe('sten@north.example')
  })
})

describe('somebody who was switched off', () => {
  test('is out at once, is told so with the right password only, and can be switched on again', async () => {
    const { administrator, join, visitor } = await peopleWorld()
    const gus = await join({ email: 'gus@example.com', role: 'agent' })
    const signIn = async (password: string) =>
      visitor().call('POST', '/sign-in', { email: 'gus@example.com', password })

    const { body } = await administrator.call('POST', `/people/${gus.id}/disable`)

    expect(body.account).toBe('disabled')
    expect((await gus.call('GET', '/teams')).status).toBe(401)
    expect(await signIn(PASSWORD)).toMatchObject({ status: 403, body: { code: 'sign-in.disabled' } })
    expect(await signIn('not the password')).toMatchObject({ status: 401, body: { code: 'sign-in.wrong' } })
    expect((await administrator.call('POST', `/people/${gus.id}/password-reset`)).body.code).toBe('person.disabled')
    await administrator.call('POST', `/people/${gus.id}/enable`)
    expect((await signIn(PASSWORD)).status).toBe(200)
  })

  test('had to be able to sign in before', async () => {
    const { administrator } = await peopleWorld()
    const { body } = await administrator.call('POST', '/people', { name: 'Known' })

    for (const act of ['disable', 'enable', 'password-reset']) {
      expect((await administrator.call('POST', `/people/${body.id}/${act}`)).body.code).toBe('person.no-account')
    }
  })
})

test('whoever left a browser somewhere signs out everywhere, or has an administrator do it', async () => {
  const { administrator, join, visitor } = await peopleWorld()
  const gus = await join({ email: 'gus@example.com', role: 'agent' })
  const elsewhere = visitor()
  await elsewhere.call('POST', '/sign-in', { email: 'gus@example.com', password: PASSWORD })

  expect((await gus.call('DELETE', '/sessions')).status).toBe(204)

  expect(gus.cookie).toBeUndefined()
  expect((await elsewhere.call('GET', '/session')).body.signedIn).toBe(false)
  await gus.call('POST', '/sign-in', { email: 'gus@example.com', password: PASSWORD })
  expect((await gus.call('POST', `/people/${gus.id}/sign-out`)).body.code).toBe('may.administrators')
  expect((await administrator.call('POST', `/people/${gus.id}/sign-out`)).body).toEqual({ ended: 1 })
  expect((await gus.call('GET', '/session')).body.signedIn).toBe(false)
})
