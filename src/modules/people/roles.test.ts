import { setTimeout as sleep } from 'node:timers/promises'
import { describe, expect, test } from 'vitest'
import { updateAccount } from './account-queries.ts'
import { byItself } from './program.ts'
import { requireAnotherAdministrator } from './roles.ts'
import { audited, peopleWorld } from './testing.ts'

const HOUR_MS = 3_600_000

describe('a role', () => {
  test('acts from its beginning to its end, without anybody signing in anew', async () => {
    const { administrator, join, addCustomer, wait, now } = await peopleWorld()
    await addCustomer('Nordhafen')
    const gus = await join({ email: 'gus@example.com', role: 'agent', customer: 'Nordhafen' })
    const inHours = (hours: number) => new Date(now().getTime() + hours * HOUR_MS).toISOString()
    const access = async () => (await gus.call('GET', '/session')).body.access

    const role = { role: 'service-manager', validFrom: inHours(2), validTo: inHours(4) }
    expect((await administrator.call('POST', `/people/${gus.id}/roles`, role)).status).toBe(201)

    expect(await access()).toBe('limited')
    wait(2 * HOUR_MS)
    expect(await access()).toBe('staff')
    wait(2 * HOUR_MS)
    expect(await access()).toBe('limited')
  })

  test('that ends is gone for the very next request', async () => {
    const { administrator, join } = await peopleWorld()
    const gus = await join({ email: 'gus@example.com', role: 'agent' })
    const { roles } = (await administrator.call('GET', `/people/${gus.id}`)).body
    expect((await gus.call('GET', '/teams')).status).toBe(200)

    const { body } = await administrator.call('DELETE', `/people/${gus.id}/roles/${roles[0].id}`)

    expect(body.roles).toEqual([])
    expect((await gus.call('GET', '/teams')).status).toBe(404)
    expect((await gus.call('GET', '/session')).body).toMatchObject({
      signedIn: true,
      access: 'customer',
      customers: [],
      roles: [],
    })
    expect((await gus.call('GET', '/people')).body.items).toEqual([])
    expect((await administrator.call('DELETE', `/people/${gus.id}/roles/${roles[0].id}`)).body.code).toBe(
      'role.not-found',
    )
  })

  test('yet to come can be taken back', async () => {
    const { administrator, join, wait, now } = await peopleWorld()
    const gus = await join({ email: 'gus@example.com', role: 'hr-partner' })
    const validFrom = new Date(now().getTime() + HOUR_MS).toISOString()
    const { body } = await administrator.call('POST', `/people/${gus.id}/roles`, { role: 'agent', validFrom })

    await administrator.call('DELETE', `/people/${gus.id}/roles/${body.id}`)

    wait(2 * HOUR_MS)
    expect((await gus.call('GET', '/session')).body.access).toBe('customer')
  })

  test('that cannot be is not given, and the reason is said', async () => {
    const { administrator, join, addCustomer } = await peopleWorld()
    await addCustomer('Nordhafen')
    const gus = await join({ email: 'gus@example.com', role: 'integration' })

    for (const [role, status, code] of [
      [{ role: 'agent', validFrom: '2020-01-01T00:00:00Z' }, 400, 'role.from-past'],
      [{ role: 'agent', validTo: '2020-01-01T00:00:00Z' }, 400, 'role.ends-early'],
      [{ role: 'customer-stakeholder', customer: 'Nordhafen' }, 422, 'role.customers-people-only'],
      [{ role: 'customer-stakeholder' }, 400, 'role.customer-needed'],
      [{ role: 'administrator', customer: 'Nordhafen' }, 400, 'role.never-for-customer'],
      [{ role: 'integration' }, 409, 'role.held'],
    ] as const) {
      expect(await administrator.call('POST', `/people/${gus.id}/roles`, role)).toMatchObject({
        status,
        body: { code },
      })
    }
  })

  test("of ours is not given to a customer's person", async () => {
    const { administrator, join, addCustomer } = await peopleWorld()
    await addCustomer('Nordhafen')
    const sten = await join({ email: 'sten@north.example', role: 'customer-stakeholder', customer: 'Nordhafen' })

    const reply = await administrator.call('POST', `/people/${sten.id}/roles`, { role: 'agent' })

    expect(reply).toMatchObject({ status: 422, body: { code: 'role.own-people-only' } })
  })

  test('narrowed to a service of all customers opens none of them', async () => {
    const { db, now, join, addCustomer } = await peopleWorld()
    const north = await addCustomer('Nordhafen')
    const gus = await join({ email: 'gus@example.com', role: 'hr-partner' })
    const scope = { role: 'agent', validFrom: now(), serviceId: north }
    await db
      .insertInto('roleAssignment')
      .values({ id: '0192f0c0-0000-7000-8000-000000000009', personId: gus.id, ...scope })
      .execute()

    expect((await gus.call('GET', '/session')).body).toMatchObject({ access: 'customer', customers: [] })
  })

  test('repeated under the same key is given once', async () => {
    const { administrator, join } = await peopleWorld()
    const gus = await join({ email: 'gus@example.com', role: 'hr-partner' })
    const grant = async () =>
      administrator.call('POST', `/people/${gus.id}/roles`, { role: 'agent' }, { 'idempotency-key': 'k1' })

    const [first, second] = [await grant(), await grant()]

    expect(second).toMatchObject({ status: 201, body: first.body })
  })
})

describe('the last administrator', () => {
  test('cannot give up the role, nor be switched off by anybody', async () => {
    const { administrator, join, visitor, db } = await peopleWorld()
    const { person } = (await administrator.call('GET', '/session')).body
    const { roles } = (await administrator.call('GET', `/people/${person.id}`)).body
    const giveUp = async () => administrator.call('DELETE', `/people/${person.id}/roles/${roles[0].id}`)

    expect(await giveUp()).toMatchObject({ status: 422, body: { code: 'administrator.last' } })
    // Somebody who never accepted, or only helps out for a while, administers nothing lastingly.
    await administrator.call('POST', '/invitations', { email: 'ivy@example.com', role: 'administrator' })
    const until = '2026-03-09T00:00:00Z'
    const helper = await join({ email: 'tom@example.com', role: 'administrator', validTo: until })
    expect((await giveUp()).body.code).toBe('administrator.last')
    expect((await helper.call('POST', `/people/${person.id}/disable`)).body.code).toBe('administrator.last')
    expect((await administrator.call('POST', `/people/${person.id}/disable`)).body.code).toBe('may.not-yourself')

    await join({ email: 'bea@example.com', role: 'administrator' })
    expect((await giveUp()).status).toBe(200)
    expect((await visitor().call('GET', '/session')).body.setUpNeeded).toBe(false)
    expect(
      (await audited(db)).some(({ action, subjectId }) => action === 'role.ended' && subjectId === person.id),
    ).toBe(true)
  })

  test('is left when two administrators remove each other at the same time', async () => {
    const { administrator, join, db, now } = await peopleWorld()
    const ada = (await administrator.call('GET', '/session')).body.person
    const bea = await join({ email: 'bea@example.com', role: 'administrator' })
    const [switchedOff, committed] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()]

    const first = byItself(db, now(), async (program) => {
      await requireAnotherAdministrator(program, ada.id)
      await updateAccount(program.db, ada.id, { disabledAt: now() })
      switchedOff.resolve()
      await committed.promise
    })
    await switchedOff.promise
    const second = byItself(db, now(), async (program) => requireAnotherAdministrator(program, bea.id)).catch(
      (error: unknown) => error,
    )
    await sleep(100)
    committed.resolve()

    await first
    expect(await second).toMatchObject({ code: 'administrator.last' })
  })
})
