import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import { endLapsedAccounts } from './identity-roles.ts'
import { type TestProvider, testProvider } from './openid-testing.ts'
import { byItself } from './program.ts'
import { audited, PASSWORD, peopleWorld, type PeopleWorld, type Visitor } from './testing.ts'

const DAY_MS = 86_400_000
/** Where the program is, as its people write it. */
const HOME = 'https://plumbline.example'
const BACK = `${HOME}/sign-in/return`

let directory: TestProvider
let world: PeopleWorld
let north: string

beforeAll(async () => {
  vi.stubEnv('PLUMBLINE_URL', HOME)
  // It says at length what it would do otherwise in earnest.
  for (const way of ['info', 'warn'] as const) vi.spyOn(console, way).mockReturnValue()
  directory = await testProvider(BACK)
})

afterAll(async () => {
  vi.unstubAllEnvs()
  vi.restoreAllMocks()
  await directory.stop()
})

beforeEach(async () => {
  directory.directory.clear()
  directory.directory.set('greta', {
    sub: 'greta',
    email: 'Greta@example.com',
    email_verified: true,
    name: 'Greta Lindqvist',
    groups: ['desk'],
  })
  world = await peopleWorld()
  north = await world.addCustomer('Nordhafen')
})

async function added(terms: object = {}): Promise<{ id: string; version: number }> {
  const groups = [
    { group: 'desk', role: 'agent', customer: 'Nordhafen' },
    { group: 'leads', role: 'service-manager' },
    { group: 'bosses', role: 'administrator' },
  ]
  const { issuer, client } = directory
  const scopes = 'openid profile email groups'
  const wish = { name: 'Directory', issuer, ...client, scopes, groups, ...terms }
  const { status, body, text } = await world.administrator.call('POST', '/identity-providers', wish)
  expect(status, text).toBe(201)
  return body
}

async function change({ id, version }: { id: string; version: number }, terms: object) {
  const match = { 'if-match': `"${version}"` }
  return (await world.administrator.call('PATCH', `/identity-providers/${id}`, terms, match)).body
}

/** As somebody signs in: from our page to theirs, and back with what they said. */
async function come(browser: Visitor, provider: { id: string }, sub: string, wish: object = {}) {
  const { body, text } = await browser.call('POST', '/sign-in/provider', { provider: provider.id, ...wish })
  expect(body, text).toHaveProperty('address')
  const parameters = await directory.signIn(body.address, sub)
  return { parameters, reply: await browser.call('POST', '/sign-in/provider/return', { parameters }) }
}

async function session(browser: Visitor) {
  return (await browser.call('GET', '/session')).body
}

describe('signing in at a provider', () => {
  test('makes somebody of a group an account with the role that the group gives, the first time', async () => {
    const provider = await added()
    const browser = world.visitor()
    expect((await browser.call('GET', '/sign-in/providers')).body.items).toEqual([
      { id: provider.id, name: 'Directory' },
    ])

    const { reply } = await come(browser, provider, 'greta', { next: '/incidents?q=printer' })

    expect(reply).toMatchObject({ status: 200, body: { next: 'done', to: '/incidents?q=printer', connected: false } })
    expect(await session(browser)).toMatchObject({
      signedIn: true,
      access: 'limited',
      person: { name: 'Greta Lindqvist', email: 'greta@example.com' },
      roles: [{ role: 'agent', customer: { id: north } }],
    })
    const again = world.visitor()
    await come(again, provider, 'greta')
    expect((await session(again)).person.id).toBe((await session(browser)).person.id)
    const actions = (await audited(world.db)).map(({ action }) => action)
    expect(actions.filter((each) => each === 'person.made')).toHaveLength(1)
    expect((await world.administrator.call('GET', '/identity-providers')).body.items[0].people).toBe(1)
  })

  test('takes the role when the group is gone, gives what another group gives, and leaves what people gave', async () => {
    const provider = await added()
    const browser = world.visitor()
    await come(browser, provider, 'greta')
    const { person } = await session(browser)
    await world.administrator.call('POST', `/people/${person.id}/roles`, { role: 'auditor' })

    directory.directory.set('greta', { ...directory.directory.get('greta')!, groups: ['leads', 'unheard of'] })
    await come(browser, provider, 'greta')

    const { roles, access } = await session(browser)
    expect(access).toBe('staff')
    expect(roles.map(({ role }: { role: string }) => role).toSorted()).toEqual(['auditor', 'service-manager'])
    const kept = await change(provider, { takesRoles: false })
    directory.directory.set('greta', { ...directory.directory.get('greta')!, groups: ['desk'] })
    await come(browser, kept, 'greta')
    expect((await session(browser)).roles).toHaveLength(3)
  })

  test('gives a role for as long as the rule says', async () => {
    const validTo = new Date(world.now().getTime() + DAY_MS).toISOString()
    const provider = await added({ groups: [{ group: 'desk', role: 'agent', validTo }] })
    const browser = world.visitor()

    await come(browser, provider, 'greta')

    expect((await session(browser)).roles).toMatchObject([{ role: 'agent', validTo }])
    world.wait(2 * DAY_MS)
    const late = await come(world.visitor(), provider, 'greta')
    expect(late.reply).toMatchObject({ status: 403, body: { code: 'identity.no-group' } })
  })

  test('is refused with a sentence to whoever has no group, and nobody is made', async () => {
    const provider = await added()
    directory.directory.set('eve', { sub: 'eve', email: 'eve@example.com', groups: ['canteen'] })
    const browser = world.visitor()

    const { reply } = await come(browser, provider, 'eve')

    expect(reply).toMatchObject({ status: 403, body: { code: 'identity.no-group' } })
    expect(reply.body.detail).toMatch(/^Directory knows you, but none of your groups may come in here/)
    expect((await session(browser)).signedIn).toBe(false)
    expect((await world.administrator.call('GET', '/people?q=eve')).body.items).toEqual([])
    const closed = await change(provider, { makesAccounts: false })
    expect((await come(browser, closed, 'greta')).reply.body.code).toBe('identity.no-account')
  })

  test("makes a customer's people, and never one of ours by a customer's group", async () => {
    const groups = [{ group: 'desk', role: 'customer-stakeholder', customer: 'Nordhafen' }]
    const provider = await added({ groups, joinsByEmail: true })
    const browser = world.visitor()
    await come(browser, provider, 'greta')
    expect(await session(browser)).toMatchObject({ access: 'customer', customers: [{ id: north }] })
    directory.directory.set('fake', { sub: 'fake', email: 'ada@example.com', email_verified: true, groups: ['desk'] })

    const { reply } = await come(world.visitor(), provider, 'fake')

    expect(reply.body.code).toBe('identity.email-taken')
    const wrong = { groups: [{ group: 'desk', role: 'customer-stakeholder' }] }
    expect(await change(provider, wrong)).toMatchObject({ code: 'provider.group-role' })
  })

  test('asks for the second factor of whoever set one up here', async () => {
    const provider = await added()
    const browser = world.visitor()
    await come(browser, provider, 'greta')
    const { TOTP } = await import('otpauth')
    const { secret } = (await browser.call('POST', '/two-factor')).body
    const code = () => new TOTP({ secret }).generate({ timestamp: world.now().getTime() })
    await browser.call('POST', '/two-factor/confirm', { code: code() })
    const kept = await world.db.selectFrom('account').select('totpSecret').where('totpSecret', 'is not', null).execute()
    expect(kept[0]!.totpSecret).toMatch(/^s1\./)
    expect(kept[0]!.totpSecret).not.toContain(secret)
    world.wait(60_000)

    const next = world.visitor()
    const { reply } = await come(next, provider, 'greta')

    expect(reply.body.next).toBe('second-factor')
    expect((await session(next)).signedIn).toBe(false)
    expect((await next.call('POST', '/sign-in/second-factor', { code: code() })).body).toEqual({ next: 'done' })
    // The provider does not say when somebody left: who came by it comes by it again, half a day later.
    world.wait(DAY_MS / 2)
    expect((await session(next)).signedIn).toBe(false)
  })
})

describe('an address that an account has already', () => {
  test('is not enough to be that person: both ways in have to be shown', async () => {
    const provider = await added()
    const local = await world.join({ email: 'greta@example.com', role: 'agent' })

    const { reply } = await come(world.visitor(), provider, 'greta')

    expect(reply).toMatchObject({ status: 403, body: { code: 'identity.email-taken' } })
    const connected = await come(local, provider, 'greta', { connect: true })
    expect(connected.reply.body).toMatchObject({ connected: true })
    const later = world.visitor()
    await come(later, provider, 'greta')
    expect((await session(later)).person.id).toBe(local.id)
    const { items } = (await local.call('GET', '/identities')).body
    expect(items).toMatchObject([{ name: 'Directory', email: 'Greta@example.com' }])
    const bea = await world.join({ email: 'bea@example.com', role: 'agent' })
    expect((await come(bea, provider, 'greta', { connect: true })).reply.body.code).toBe('identity.of-another')
    expect((await local.call('DELETE', `/identities/${items[0].id}`)).status).toBe(204)
    expect((await come(world.visitor(), provider, 'greta')).reply.body.code).toBe('identity.email-taken')
  })

  test('is taken for that person where an administrator said so and the provider confirmed it', async () => {
    const provider = await added({ joinsByEmail: true })
    const local = await world.join({ email: 'greta@example.com', role: 'auditor' })
    const entry = directory.directory.get('greta')!
    directory.directory.set('greta', { ...entry, email_verified: false })
    expect((await come(world.visitor(), provider, 'greta')).reply.body.code).toBe('identity.email-taken')
    directory.directory.set('greta', entry)

    const browser = world.visitor()
    await come(browser, provider, 'greta')

    expect((await session(browser)).person.id).toBe(local.id)
  })
})

describe('an account that a provider made', () => {
  test('is switched off with its sessions when no group is left, and on again when one is back', async () => {
    const provider = await added({ endsAccounts: true })
    const entry = directory.directory.get('greta')!
    const browser = world.visitor()
    await come(browser, provider, 'greta')
    const { person } = await session(browser)

    directory.directory.set('greta', { ...entry, groups: [] })
    const { reply } = await come(world.visitor(), provider, 'greta')

    expect(reply.body.code).toBe('identity.no-group')
    expect((await session(browser)).signedIn).toBe(false)
    const state = async () => (await world.administrator.call('GET', `/people/${person.id}`)).body
    expect(await state()).toMatchObject({ account: 'disabled', roles: [] })
    directory.directory.set('greta', entry)
    expect((await come(browser, provider, 'greta')).reply.status).toBe(200)
    // Whom an administrator switched off stays so, whatever the groups say.
    await world.administrator.call('POST', `/people/${person.id}/disable`)
    expect((await come(browser, provider, 'greta')).reply.body.code).toBe('sign-in.disabled')
  })

  test('ends by itself when its owner did not come for as long as the provider allows', async () => {
    const provider = await added({ endsAfterDays: 30 })
    await come(world.visitor(), provider, 'greta')
    const end = async () => byItself(world.db, world.now(), endLapsedAccounts)
    expect(await end()).toBe(0)

    world.wait(31 * DAY_MS)

    expect(await end()).toBe(1)
    expect(await end()).toBe(0)
    expect((await audited(world.db)).at(-1)).toMatchObject({ action: 'person.disabled' })
    void provider
  })
})

describe('what comes back is refused', () => {
  test('a second time, in another browser, too late, or when it was tampered with', async () => {
    const provider = await added()
    const browser = world.visitor()
    const { parameters } = await come(browser, provider, 'greta')
    const back = async (who: Visitor, what: string) =>
      (await who.call('POST', '/sign-in/provider/return', { parameters: what })).body.code

    expect(await back(browser, parameters)).toBe('identity.attempt-gone')
    const { body } = await browser.call('POST', '/sign-in/provider', { provider: provider.id })
    const stolen = await directory.signIn(body.address, 'greta')
    expect(await back(world.visitor(), stolen)).toBe('identity.attempt-gone')
    // The thief's try used it up.
    expect(await back(browser, stolen)).toBe('identity.attempt-gone')
    const slow = await browser.call('POST', '/sign-in/provider', { provider: provider.id })
    const late = await directory.signIn(slow.body.address, 'greta')
    world.wait(16 * 60_000)
    expect(await back(browser, late)).toBe('identity.attempt-gone')
    const tampered = async (alter: (search: URLSearchParams) => void) => {
      const begun = await browser.call('POST', '/sign-in/provider', { provider: provider.id })
      const search = new URLSearchParams(await directory.signIn(begun.body.address, 'greta'))
      alter(search)
      return back(browser, search.toString())
    }
    expect(await tampered((search) => search.set('iss', 'https://elsewhere.example'))).toBe('identity.refused')
    expect(await tampered((search) => search.set('code', 'made-up'))).toBe('identity.refused')
    expect(await tampered((search) => search.set('error', 'access_denied'))).toBe('identity.refused')
    expect(await back(browser, '')).toBe('identity.attempt-gone')
  })
})

describe('a provider', () => {
  test('is kept by administrators alone, and its secret is told to nobody', async () => {
    const provider = await added()
    const manager = await world.join({ email: 'mia@example.com', role: 'service-manager' })
    const stakeholder = await world.join({ email: 's@n.example', role: 'customer-stakeholder', customer: 'Nordhafen' })

    for (const [method, path] of [
      ['GET', ''],
      ['GET', `/${provider.id}`],
      ['PATCH', `/${provider.id}`],
      ['DELETE', `/${provider.id}`],
    ] as const) {
      const call = async (who: Visitor) =>
        (await who.call(method, `/identity-providers${path}`, undefined, { 'if-match': '"1"' })).status
      expect([await call(manager), await call(stakeholder), await call(world.visitor())]).toEqual([403, 404, 401])
    }
    const { text, body } = await world.administrator.call('GET', `/identity-providers/${provider.id}`)
    expect(text).not.toContain(directory.client.clientSecret)
    expect(body).toMatchObject({ hasSecret: true, redirectUri: BACK })
    const row = await world.db.selectFrom('identityProvider').selectAll().executeTakeFirstOrThrow()
    expect(row.clientSecret).toMatch(/^s1\./)
    expect((await audited(world.db)).map(({ text: facts }) => facts).join()).not.toContain(
      directory.client.clientSecret,
    )
  })

  test('that does not answer as who it should be is not kept, and the reason is said', async () => {
    const other = createServer((_, reply) => reply.end(JSON.stringify({ issuer: 'https://elsewhere.example' })))
    await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve))
    const liar = `http://127.0.0.1:${(other.address() as AddressInfo).port}`
    const tried = async (issuer: string) =>
      (await world.administrator.call('POST', '/identity-providers', { name: 'X', issuer, clientId: 'x' })).body

    expect(await tried('http://directory.example')).toMatchObject({ code: 'provider.bad-issuer' })
    expect(await tried('https://a:b@directory.example')).toMatchObject({ code: 'provider.bad-issuer' })
    expect(await tried('http://127.0.0.1:9')).toMatchObject({ code: 'provider.unreachable' })
    expect(await tried(liar)).toMatchObject({ code: 'provider.other-issuer' })
    expect((await tried(liar)).detail).toContain('https://elsewhere.example')
    await new Promise((resolve) => other.close(resolve))
    const provider = await added()
    expect(await change(provider, { clientSecret: 'a wrong one' })).toMatchObject({ hasSecret: true })
    expect((await come(world.visitor(), provider, 'greta')).reply.body.code).toBe('identity.refused')
    expect(await change(provider, { name: 'Late' })).toMatchObject({ code: 'request.moved-on' })
  })

  test('that is removed or switched off signs nobody in, and what its groups gave ends', async () => {
    const provider = await added()
    const browser = world.visitor()
    await come(browser, provider, 'greta')
    const { person } = await session(browser)
    const off = await change(provider, { enabled: false })
    expect((await browser.call('GET', '/sign-in/providers')).body.items).toEqual([])
    expect((await browser.call('POST', '/sign-in/provider', { provider: off.id })).status).toBe(404)

    expect((await world.administrator.call('DELETE', `/identity-providers/${off.id}`)).status).toBe(204)

    expect((await session(browser)).signedIn).toBe(false)
    expect((await world.administrator.call('GET', `/people/${person.id}`)).body.roles).toEqual([])
    expect(
      (await world.visitor().call('POST', '/sign-in', { email: 'ada@example.com', password: PASSWORD })).status,
    ).toBe(200)
  })
})
