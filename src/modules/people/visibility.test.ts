import { describe, expect, test } from 'vitest'
import { peopleWorld } from './testing.ts'

const names = (body: { items: { name: string }[] }) => body.items.map(({ name }) => name)

describe("a customer's stakeholder", () => {
  async function twoCustomers() {
    const world = await peopleWorld()
    const [north, south] = [await world.addCustomer('Nordhafen'), await world.addCustomer('Südwerk')]
    const sten = await world.join({ email: 'sten@north.example', role: 'customer-stakeholder', customer: 'Nordhafen' })
    const rosa = await world.join({ email: 'rosa@south.example', role: 'customer-stakeholder', customer: 'Südwerk' })
    const agent = await world.join({ email: 'gus@example.com', role: 'agent' })
    await world.administrator.call('POST', '/people', {
      name: 'Nils',
      email: 'nils@north.example',
      customer: 'Nordhafen',
    })
    return { ...world, north, south, sten, rosa, agent }
  }

  test("sees the people of their own organisation, neither another customer's nor the provider's", async () => {
    const { sten, rosa } = await twoCustomers()

    expect(names((await sten.call('GET', '/people')).body)).toEqual(['Nils', 'Sten'])
    expect(names((await rosa.call('GET', '/people')).body)).toEqual(['Rosa'])
  })

  test('finds nobody else by any search', async () => {
    const { sten } = await twoCustomers()

    for (const query of ['q=rosa', 'q=@', 'q=south', 'role=customer-stakeholder', 'role=agent', 'limit=200']) {
      const { status, body } = await sten.call('GET', `/people?${query}`)

      expect(status).toBe(200)
      expect(names(body).filter((name) => !['Nils', 'Sten'].includes(name))).toEqual([])
      // An id may hold any letters up to f.
      expect(JSON.stringify(body).replaceAll(/[0-9a-f-]{36}/g, '')).not.toMatch(/rosa|gus|ada|Südwerk/i)
    }
  })

  test('is answered about others exactly as about nobody', async () => {
    const { sten, rosa, agent, south } = await twoCustomers()
    const nobody = '0192f0c0-0000-7000-8000-000000000009'
    const plain = (text: string, ...forged: string[]) => forged.reduce((rest, each) => rest.replaceAll(each, '…'), text)
    const said = async (method: string, path: string, ...forged: string[]) => {
      const { status, body } = await sten.call(method, path)
      return plain(JSON.stringify({ ...body, status, requestId: '' }), ...forged)
    }

    for (const id of [rosa.id, agent.id]) {
      expect(await said('GET', `/people/${id}`, id)).toBe(await said('GET', `/people/${nobody}`, nobody))
      expect(await said('POST', `/people/${id}/disable`, id)).toBe(
        await said('POST', `/people/${nobody}/disable`, nobody),
      )
    }
    expect(await said('GET', `/people?customer=${south}`, south)).toBe(
      await said('GET', `/people?customer=${nobody}`, nobody),
    )
    expect(await said('GET', '/people?customer=S%C3%BCdwerk', 'Südwerk')).toBe(
      await said('GET', '/people?customer=Atlantis', 'Atlantis'),
    )
  })

  test('with a made-up cursor gets no further than their own', async () => {
    const { sten, rosa } = await twoCustomers()

    for (const key of [
      ['a', rosa.id],
      ['a', 'no id'],
      ['', '00000000-0000-0000-0000-000000000000'],
    ]) {
      const cursor = Buffer.from(JSON.stringify(key)).toString('base64url')
      expect(names((await sten.call('GET', `/people?cursor=${cursor}`)).body)).toEqual(['Nils', 'Sten'])
    }
  })

  test('finds that what only the provider does is no page at all', async () => {
    const { sten } = await twoCustomers()

    for (const [method, path, body] of [
      ['POST', '/people', { name: 'Eve' }],
      ['GET', '/teams', undefined],
      ['POST', '/teams', { name: 'Desk' }],
      ['POST', `/people/${sten.id}/roles`, { role: 'administrator' }],
      ['PATCH', `/people/${sten.id}`, { name: 'Eve' }],
      ['POST', `/people/${sten.id}/password-reset`, undefined],
      ['DELETE', `/people/${sten.id}/two-factor`, undefined],
    ] as const) {
      expect(await sten.call(method, path, body)).toMatchObject({ status: 404, body: { code: 'request.no-such-page' } })
    }
  })

  test('changes their own name and language all the same', async () => {
    const { sten } = await twoCustomers()

    const { body } = await sten.call('PATCH', '/session/person', { name: 'Sten Åker', language: 'de' })

    expect(body.person).toMatchObject({ name: 'Sten Åker', language: 'de' })
  })

  test('sees their own roles, not those of a colleague', async () => {
    const { sten, administrator, addCustomer } = await twoCustomers()
    await addCustomer('Third')
    const [nils] = (await administrator.call('GET', '/people?q=nils')).body.items
    await administrator.call('POST', `/people/${nils.id}/roles`, { role: 'requester', customer: 'Nordhafen' })

    const { items } = (await sten.call('GET', '/people')).body

    expect(
      items.map(({ name, roles }: { name: string; roles: { role: string }[] }) => [
        name,
        roles.map(({ role }) => role),
      ]),
    ).toEqual([
      ['Nils', []],
      ['Sten', ['customer-stakeholder']],
    ])
  })
})

describe('who works for some customers', () => {
  test('sees colleagues and the people of these customers, and keeps the records of the latter', async () => {
    const { administrator, join, addCustomer } = await peopleWorld()
    await addCustomer('Nordhafen')
    await addCustomer('Südwerk')
    await administrator.call('POST', '/people', { name: 'Rosa', customer: 'Südwerk' })
    const { body: nils } = await administrator.call('POST', '/people', { name: 'Nils', customer: 'Nordhafen' })
    const manager = await join({ email: 'mia@example.com', role: 'service-manager', customer: 'Nordhafen' })
    const agent = await join({ email: 'gus@example.com', role: 'agent', customer: 'Nordhafen' })

    expect(names((await manager.call('GET', '/people')).body)).toEqual(['Ada Quist', 'Gus', 'Mia', 'Nils'])
    const changed = await manager.call('PATCH', `/people/${nils.id}`, { name: 'Nils Åker' }, { 'if-match': '"1"' })
    expect(changed).toMatchObject({ status: 200, body: { name: 'Nils Åker', version: 2 } })
    expect((await manager.call('POST', '/people', { name: 'Nora', customer: 'Nordhafen' })).status).toBe(201)
    expect((await manager.call('POST', '/people', { name: 'Rolf', customer: 'Südwerk' })).body.code).toBe(
      'customer.not-found',
    )
    expect((await manager.call('POST', '/people', { name: 'Colleague' })).body.code).toBe('may.administrators')
    expect((await agent.call('POST', '/people', { name: 'Nora', customer: 'Nordhafen' })).body.code).toBe(
      'may.managers',
    )
  })

  test("gives and takes customers' roles there, and no others", async () => {
    const { administrator, join, addCustomer } = await peopleWorld()
    await addCustomer('Nordhafen')
    await addCustomer('Südwerk')
    const { body: nils } = await administrator.call('POST', '/people', { name: 'Nils', customer: 'Nordhafen' })
    const manager = await join({ email: 'mia@example.com', role: 'service-manager', customer: 'Nordhafen' })
    const grant = async (role: string, customer?: string) =>
      manager.call('POST', `/people/${nils.id}/roles`, { role, ...(customer && { customer }) })

    const { status, body } = await grant('customer-stakeholder', 'Nordhafen')

    expect(status).toBe(201)
    expect(body).toMatchObject({ role: 'customer-stakeholder', customer: { name: 'Nordhafen' }, validTo: null })
    expect((await grant('customer-stakeholder', 'Südwerk')).body.code).toBe('customer.not-found')
    expect((await grant('service-manager', 'Nordhafen')).body.code).toBe('may.administrators')
    expect((await manager.call('POST', `/people/${manager.id}/roles`, { role: 'administrator' })).body.code).toBe(
      'may.administrators',
    )
    const ended = await manager.call('DELETE', `/people/${nils.id}/roles/${body.id}`)
    expect(ended).toMatchObject({ status: 200, body: { roles: [] } })
  })

  test('is held to that by the database itself', async () => {
    const { database, join, addCustomer } = await peopleWorld()
    const [north, south] = [await addCustomer('Nordhafen'), await addCustomer('Südwerk')]
    const manager = await join({ email: 'mia@example.com', role: 'service-manager', customer: 'Nordhafen' })
    const client = await database.pool.connect()
    const insert = async (role: string, customer: string | null) => {
      await client.query(`begin; set local role plumbline_limited; set local plumbline.customers = '${north}'`)
      try {
        await client.query(
          `insert into role_assignment (id, person_id, role, customer_id, valid_from) values (gen_random_uuid(), $1, $2, $3, now())`,
          [manager.id, role, customer],
        )
        return 'taken'
      } catch (error) {
        return (error as { code: string }).code
      } finally {
        await client.query('rollback')
      }
    }
    try {
      expect(await insert('customer-stakeholder', north)).toBe('taken')
      for (const [role, customer] of [
        ['customer-stakeholder', south],
        ['administrator', null],
        ['service-manager', north],
      ] as const) {
        expect(await insert(role, customer)).toBe('42501')
      }
      for (const table of ['account', 'session', 'api_token', 'one_time_link', 'recovery_code', 'sign_in_attempt']) {
        for (const role of ['staff', 'limited', 'customer', 'auditor']) {
          await client.query(`begin; set local role plumbline_${role}`)
          await expect(client.query(`select 1 from ${table}`)).rejects.toMatchObject({ code: '42501' })
          await client.query('rollback')
        }
      }
    } finally {
      client.release()
    }
  })
})

test('an auditor looks at everybody and changes nobody', async () => {
  const { administrator, join, addCustomer } = await peopleWorld()
  await addCustomer('Nordhafen')
  await administrator.call('POST', '/people', { name: 'Nils', customer: 'Nordhafen' })
  const auditor = await join({ email: 'otto@example.com', role: 'auditor' })

  expect(names((await auditor.call('GET', '/people')).body)).toEqual(['Ada Quist', 'Nils', 'Otto'])
  expect((await auditor.call('POST', '/people', { name: 'Eve', customer: 'Nordhafen' })).body.code).toBe(
    'may.read-only',
  )
  expect((await auditor.call('POST', '/teams', { name: 'Desk' })).body.code).toBe('may.read-only')
  expect((await auditor.call('PATCH', '/session/person', { language: 'de' })).body.person.language).toBe('de')
})
