import { setTimeout as sleep } from 'node:timers/promises'
import { describe, expect, test } from 'vitest'
import type { Context } from '#platform/context.ts'
import { requireLink, useLink } from './links.ts'
import { byItself } from './program.ts'
import { audited, PASSWORD, peopleWorld, secretOf } from './testing.ts'

const DAY_MS = 86_400_000

describe('an invitation', () => {
  test('gives a link to pass on, by which somebody chooses a password and is signed in', async () => {
    const { administrator, visitor, addCustomer } = await peopleWorld()
    const north = await addCustomer('Nordhafen')
    const invited = {
      email: 'Sten.Aker@North.example',
      role: 'customer-stakeholder',
      customer: 'nordhafen',
      language: 'de',
    }

    const { status, body } = await administrator.call('POST', '/invitations', invited)

    expect(status).toBe(201)
    expect(body).toEqual({
      id: expect.any(String),
      name: 'Sten Aker',
      link: expect.stringMatching(/\/invitation#[\w-]{43}$/),
      expiresAt: expect.any(String),
    })
    const token = secretOf(body.link)
    const browser = visitor()
    expect((await browser.call('POST', '/one-time-links/inspect', { token })).body).toEqual({
      kind: 'invitation',
      email: 'sten.aker@north.example',
      name: 'Sten Aker',
      expiresAt: body.expiresAt,
    })
    const chosen = { name: 'Sten Åker', password: PASSWORD, language: 'en' }
    const accepted = await browser.call('POST', '/invitations/accept', { token, ...chosen })
    expect(accepted).toMatchObject({ status: 200, body: { next: 'done' } })
    expect((await browser.call('GET', '/session')).body).toMatchObject({
      signedIn: true,
      person: { id: body.id, name: 'Sten Åker', email: 'sten.aker@north.example', language: 'en' },
      access: 'customer',
      roles: [{ role: 'customer-stakeholder', customer: { id: north, name: 'Nordhafen' }, validTo: null }],
      customers: [{ id: north, name: 'Nordhafen' }],
    })
  })

  test('opens once', async () => {
    const { administrator, visitor } = await peopleWorld()
    const { body } = await administrator.call('POST', '/invitations', { email: 'gus@example.com', role: 'agent' })
    const accept = async () =>
      visitor().call('POST', '/invitations/accept', { token: secretOf(body.link), password: PASSWORD })
    expect((await accept()).status).toBe(200)

    const again = await accept()

    expect(again).toMatchObject({ status: 422, body: { code: 'link.used' } })
    expect(again.headers['set-cookie']).toBeUndefined()
    expect((await visitor().call('POST', '/one-time-links/inspect', { token: secretOf(body.link) })).body.code).toBe(
      'link.used',
    )
  })

  test('opens once for two at the same time', async () => {
    const { db, now, administrator } = await peopleWorld()
    const { body } = await administrator.call('POST', '/invitations', { email: 'gus@example.com', role: 'agent' })
    const [through, committed] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()]
    const goThrough = async (program: Context) =>
      useLink(program, await requireLink(program, secretOf(body.link), 'invitation'))

    const first = byItself(db, now(), async (program) => {
      await goThrough(program)
      through.resolve()
      await committed.promise
    })
    await through.promise
    const second = byItself(db, now(), goThrough).catch((error: unknown) => error)
    await sleep(100)
    committed.resolve()

    await first
    expect(await second).toMatchObject({ code: 'link.used' })
  })

  test('is good for seven days, and not as a link of another kind', async () => {
    const { administrator, visitor, wait } = await peopleWorld()
    const { body } = await administrator.call('POST', '/invitations', { email: 'gus@example.com', role: 'agent' })
    const token = secretOf(body.link)

    expect((await visitor().call('POST', '/password-reset', { token, password: PASSWORD })).body.code).toBe(
      'link.unknown',
    )
    wait(7 * DAY_MS)
    expect((await visitor().call('POST', '/invitations/accept', { token, password: PASSWORD })).body.code).toBe(
      'link.expired',
    )
  })

  test('again gives a new link, and the one before opens nothing', async () => {
    const { db, administrator, visitor } = await peopleWorld()
    const invited = { email: 'gus@example.com', role: 'agent' }
    const first = (await administrator.call('POST', '/invitations', invited)).body
    const second = (await administrator.call('POST', '/invitations', invited)).body
    const use = async (link: string) =>
      visitor().call('POST', '/invitations/accept', { token: secretOf(link), password: PASSWORD })

    expect(second.id).toBe(first.id)
    expect((await use(first.link)).body.code).toBe('link.unknown')
    expect((await use(second.link)).status).toBe(200)
    expect(await db.selectFrom('roleAssignment').select('id').where('role', '=', 'agent').execute()).toHaveLength(1)
    expect(await administrator.call('POST', '/invitations', invited)).toMatchObject({
      status: 409,
      body: { code: 'invitation.address-taken' },
    })
  })

  test('that was only accepted by somebody switched off in between opens nothing', async () => {
    const { administrator, visitor } = await peopleWorld()
    const { body } = await administrator.call('POST', '/invitations', { email: 'gus@example.com', role: 'agent' })
    await administrator.call('POST', `/people/${body.id}/disable`)
    const again = await administrator.call('POST', '/invitations', { email: 'gus@example.com', role: 'agent' })
    expect(again.body.code).toBe('person.disabled')

    const reply = await visitor().call('POST', '/invitations/accept', {
      token: secretOf(body.link),
      password: PASSWORD,
    })

    expect(reply.body.code).toBe('link.unknown')
  })

  test('takes up somebody who is known already, with their name', async () => {
    const { administrator, addCustomer } = await peopleWorld()
    await addCustomer('Nordhafen')
    const person = { name: 'Sten Åker', email: 'sten@north.example', customer: 'Nordhafen' }
    const { id } = (await administrator.call('POST', '/people', person)).body

    const { body } = await administrator.call('POST', '/invitations', {
      email: 'sten@north.example',
      role: 'customer-stakeholder',
      customer: 'Nordhafen',
    })

    expect(body).toMatchObject({ id, name: 'Sten Åker' })
  })

  test('is written down without its secret', async () => {
    const { db, administrator } = await peopleWorld()
    const { body } = await administrator.call('POST', '/invitations', { email: 'gus@example.com', role: 'agent' })
    const me = (await administrator.call('GET', '/session')).body.person.id

    const entries = (await audited(db)).filter(({ subjectId }) => subjectId === body.id)

    expect(entries.map(({ action }) => action).toSorted()).toEqual(['link.made', 'person.invited', 'role.granted'])
    expect(new Set(entries.map(({ actorId }) => actorId))).toEqual(new Set([me]))
    expect(
      JSON.stringify(await db.selectFrom('oneTimeLink').selectAll().execute()) + JSON.stringify(entries),
    ).not.toContain(secretOf(body.link))
  })
})

describe('who may invite whom', () => {
  test('a role that cannot be given is refused, with the reason', async () => {
    const { db, administrator, addCustomer } = await peopleWorld()
    await addCustomer('Nordhafen')

    for (const [invited, status, code] of [
      [{ role: 'customer-stakeholder' }, 400, 'role.customer-needed'],
      [{ role: 'auditor', customer: 'Nordhafen' }, 400, 'role.never-for-customer'],
      [{ role: 'agent', customer: 'Atlantis' }, 404, 'customer.not-found'],
      [{ role: 'agent', validTo: '2020-01-01T00:00:00Z' }, 400, 'role.ends-early'],
      [{ role: 'emperor' }, 400, 'request.invalid'],
      [{ role: 'agent', email: 'no address' }, 400, 'request.invalid'],
    ] as const) {
      const reply = await administrator.call('POST', '/invitations', { email: 'gus@example.com', ...invited })
      expect(reply).toMatchObject({ status, body: { code } })
    }
    expect(await db.selectFrom('account').select('email').execute()).toEqual([{ email: 'ada@example.com' }])
  })

  test('a service manager invites the people of their own customers, and nobody of the provider', async () => {
    const { join, addCustomer } = await peopleWorld()
    await addCustomer('Nordhafen')
    await addCustomer('Südwerk')
    const manager = await join({ email: 'mia@example.com', role: 'service-manager', customer: 'Nordhafen' })
    const invite = async (role: string, customer?: string) =>
      manager.call('POST', '/invitations', { email: 'sten@north.example', role, ...(customer && { customer }) })

    expect((await invite('customer-stakeholder', 'Nordhafen')).status).toBe(201)
    // Whether there is such a customer is nothing they learn.
    expect((await invite('customer-stakeholder', 'Südwerk')).body.code).toBe('customer.not-found')
    expect((await invite('agent', 'Nordhafen')).body.code).toBe('may.administrators')
    expect((await invite('administrator')).body.code).toBe('may.administrators')
  })

  test('who manages one customer and works for all counts as an agent, and invites nobody', async () => {
    const { administrator, join, addCustomer } = await peopleWorld()
    await addCustomer('Nordhafen')
    await addCustomer('Südwerk')
    const both = await join({ email: 'mia@example.com', role: 'agent' })
    await administrator.call('POST', `/people/${both.id}/roles`, { role: 'service-manager', customer: 'Nordhafen' })
    const invite = async (customer: string) =>
      both.call('POST', '/invitations', { email: 'sten@north.example', role: 'customer-stakeholder', customer })

    expect((await both.call('GET', '/session')).body.access).toBe('staff')
    expect((await invite('Südwerk')).body.code).toBe('may.managers')
    expect((await invite('Nordhafen')).body.code).toBe('may.managers')
  })

  test('a service manager gets no link for somebody who has more rights than they could give', async () => {
    const { administrator, join, addCustomer } = await peopleWorld()
    await addCustomer('Nordhafen')
    await addCustomer('Südwerk')
    const manager = await join({ email: 'mia@example.com', role: 'service-manager', customer: 'Nordhafen' })
    await administrator.call('POST', '/invitations', { email: 'boss@example.com', role: 'administrator' })
    await administrator.call('POST', '/invitations', {
      email: 'sten@both.example',
      role: 'customer-stakeholder',
      customer: 'Südwerk',
    })
    const invite = async (email: string) =>
      manager.call('POST', '/invitations', { email, role: 'customer-stakeholder', customer: 'Nordhafen' })

    for (const email of ['boss@example.com', 'sten@both.example']) {
      const reply = await invite(email)
      expect([403, 422]).toContain(reply.status)
      expect(reply.body).not.toHaveProperty('link')
    }
    expect((await invite('sten@both.example')).body.code).toBe('invitation.beyond')
  })

  test('agents, auditors and stakeholders invite nobody', async () => {
    const { join, addCustomer } = await peopleWorld()
    await addCustomer('Nordhafen')
    const invited = { email: 'eve@example.com', role: 'customer-stakeholder', customer: 'Nordhafen' }

    for (const [role, customer, status, code] of [
      ['agent', undefined, 403, 'may.managers'],
      ['auditor', undefined, 403, 'may.read-only'],
      ['customer-stakeholder', 'Nordhafen', 404, 'request.no-such-page'],
    ] as const) {
      const asking = await join({ email: `${role}@example.com`, role, ...(customer && { customer }) })
      expect(await asking.call('POST', '/invitations', invited)).toMatchObject({ status, body: { code } })
    }
  })
})
