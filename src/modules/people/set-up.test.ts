import { expect, test } from 'vitest'
import { createFirstAdministrator, setUpLink } from './set-up.ts'
import { audited, PASSWORD, peopleWorld } from './testing.ts'

const HOUR_MS = 3_600_000
const bea = { name: 'Bea Holm', email: 'Bea@Example.com', password: PASSWORD, language: 'de' }

test('the set-up link makes the first administrator, and signs them in', async () => {
  const { db, now, visitor } = await peopleWorld({ setUp: false })
  const browser = visitor()
  expect((await browser.call('GET', '/session')).body).toMatchObject({
    signedIn: false,
    setUpNeeded: true,
    person: null,
  })

  const { status, body } = await browser.call('POST', '/set-up', { token: await setUpLink(db, now()), ...bea })

  expect({ status, body }).toEqual({ status: 200, body: { next: 'done' } })
  expect((await browser.call('GET', '/session')).body).toEqual({
    signedIn: true,
    setUpNeeded: false,
    person: { id: expect.any(String), name: 'Bea Holm', email: 'bea@example.com', language: 'de', timeZone: null },
    access: 'staff',
    roles: [{ role: 'administrator', customer: null, validTo: null }],
    counting: ['administrator'],
    customers: [],
    twoFactor: false,
    recoveryCodesLeft: 0,
    organisation: null,
  })
})

test('a set-up link works once, and no other works after it', async () => {
  const { db, now, visitor } = await peopleWorld({ setUp: false })
  const [first, second] = [await setUpLink(db, now()), await setUpLink(db, now())]
  await visitor().call('POST', '/set-up', { token: first, ...bea })

  for (const token of [first, second]) {
    const again = await visitor().call('POST', '/set-up', { token, ...bea, email: 'eve@example.com' })
    expect(again).toMatchObject({ status: 422, body: { code: 'set-up.done' } })
    expect((await visitor().call('POST', '/one-time-links/inspect', { token })).body.code).toBe('set-up.done')
  }
  expect(await setUpLink(db, now())).toBeNull()
  expect(await db.selectFrom('account').select('email').execute()).toEqual([{ email: 'bea@example.com' }])
})

test('two who open set-up links at the same time make one administrator', async () => {
  const { db, now, visitor } = await peopleWorld({ setUp: false })
  const tokens = [await setUpLink(db, now()), await setUpLink(db, now())]

  const replies = await Promise.all(
    tokens.map(async (token, index) =>
      visitor().call('POST', '/set-up', { token, ...bea, email: `bea${index}@example.com` }),
    ),
  )

  expect(replies.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([200, 422])
  expect(await db.selectFrom('account').select('email').execute()).toHaveLength(1)
})

test.each([
  ['a day old', async (token: string) => token, 25 * HOUR_MS, 'link.expired'],
  ['forged', async () => 'A'.repeat(43), 0, 'link.unknown'],
  ['cut off', async (token: string) => token.slice(0, 20), 0, 'link.unknown'],
])('a set-up link that is %s opens nothing and says why', async (_, changed, waited, code) => {
  const { db, now, visitor, wait } = await peopleWorld({ setUp: false })
  const token = await changed((await setUpLink(db, now()))!)
  wait(waited)

  const reply = await visitor().call('POST', '/set-up', { token, ...bea }, { 'accept-language': 'de' })

  expect(reply).toMatchObject({ status: 422, body: { code } })
  expect(reply.body.detail).toMatch(/^Dieser Link .*Bitten Sie um einen neuen\.$/)
  expect(reply.headers['set-cookie']).toBeUndefined()
  expect(await db.selectFrom('person').select('id').execute()).toEqual([])
})

test('a password that is not taken leaves the link good for another try', async () => {
  const { db, now, visitor } = await peopleWorld({ setUp: false })
  const token = await setUpLink(db, now())

  for (const [password, code] of [
    ['elf Zeichen', 'password.too-short'],
    ['Passwort2026', 'password.common'],
    ['my name is Holm', 'password.personal'],
  ] as const) {
    expect(await visitor().call('POST', '/set-up', { token, ...bea, password })).toMatchObject({
      status: 400,
      body: { code },
    })
  }
  expect((await visitor().call('POST', '/set-up', { token, ...bea })).status).toBe(200)
})

test('the environment makes the first administrator without a browser, and never a second', async () => {
  const { db, now, visitor } = await peopleWorld({ setUp: false })

  for (const [email, password, code] of [
    ['not an address', PASSWORD, 'account.bad-address'],
    ['root@example.com', 'short', 'password.too-short'],
  ] as const) {
    await expect(createFirstAdministrator(db, { email, password }, now())).rejects.toMatchObject({ code })
  }
  expect(await createFirstAdministrator(db, { email: 'Root@Example.com', password: PASSWORD }, now())).toBe(true)
  // The environment may go on saying what it likes: the next start is none the worse for it.
  expect(await createFirstAdministrator(db, { email: 'root@example.com', password: 'short' }, now())).toBe(false)
  expect(await createFirstAdministrator(db, { email: 'other@example.com', password: PASSWORD }, now())).toBe(false)

  const browser = visitor()
  expect((await browser.call('POST', '/sign-in', { email: 'root@example.com', password: PASSWORD })).body).toEqual({
    next: 'done',
  })
  expect((await browser.call('GET', '/session')).body).toMatchObject({ access: 'staff', person: { name: 'Root' } })
})

test('the audit says what was done and holds no secret', async () => {
  const { db } = await peopleWorld()

  const entries = await audited(db)

  expect(entries.map(({ action }) => action).toSorted()).toEqual(['administrator.first', 'link.made', 'role.granted'])
  expect(JSON.stringify(entries)).not.toContain(PASSWORD)
})
