import { describe, expect, test } from 'vitest'
import { audited, PASSWORD, peopleWorld, secretOf } from './testing.ts'

const HOUR_MS = 3_600_000
const DAY_MS = 24 * HOUR_MS
const ada = { email: 'ada@example.com', password: PASSWORD }

describe('signing in', () => {
  test('with the right password begins a session that scripts and other sites cannot use', async () => {
    const { visitor } = await peopleWorld()
    const browser = visitor()

    const { status, body, headers } = await browser.call('POST', '/sign-in', { ...ada, email: ' ADA@example.com ' })

    expect({ status, body }).toEqual({ status: 200, body: { next: 'done' } })
    expect(headers['set-cookie']).toMatch(/^plumbline=[\w-]{43}; Path=\/; Max-Age=7776000; HttpOnly; SameSite=Lax$/)
    expect(headers['cache-control']).toBe('no-store')
    expect((await browser.call('GET', '/session')).body.signedIn).toBe(true)
  })

  test('over https gives a cookie that only https carries and only this host sets, and asks for https from now on', async () => {
    const { visitor, administrator } = await peopleWorld()
    const https = { 'x-forwarded-proto': 'https' }

    const { headers } = await visitor().call('POST', '/sign-in', ada, https)

    expect(headers['set-cookie']).toMatch(/^__Host-plumbline=[\w-]{43}; Path=\/; .*; Secure$/)
    expect(headers['strict-transport-security']).toBe('max-age=63072000; includeSubDomains')
    const planted = visitor({ cookie: administrator.cookie! })
    expect((await planted.call('GET', '/session', undefined, https)).body.signedIn).toBe(false)
    expect((await planted.call('GET', '/session')).body.signedIn).toBe(true)
  })

  test('keeps of the cookie and the password only what nobody can use', async () => {
    const { db, administrator } = await peopleWorld()

    const sessions = await db.selectFrom('session').selectAll().execute()
    const { passwordHash } = await db.selectFrom('account').select('passwordHash').executeTakeFirstOrThrow()

    expect(sessions).toHaveLength(1)
    expect(JSON.stringify(sessions)).not.toContain(administrator.cookie)
    expect(sessions[0]!.tokenHash.toString()).not.toContain(administrator.cookie)
    expect(passwordHash).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/)
  })

  test('never takes up the session that the browser brought: what somebody planted there stays worthless', async () => {
    const { visitor } = await peopleWorld()
    const planted = 'P'.repeat(43)
    const browser = visitor({ cookie: planted })

    await browser.call('POST', '/sign-in', ada)

    expect(browser.cookie).not.toBe(planted)
    expect((await visitor({ cookie: planted }).call('GET', '/session')).body.signedIn).toBe(false)
  })

  test('again in the same browser ends the session before', async () => {
    const { visitor, administrator } = await peopleWorld()
    const before = administrator.cookie!

    await administrator.call('POST', '/sign-in', ada)

    expect(administrator.cookie).not.toBe(before)
    expect((await visitor({ cookie: before }).call('GET', '/people')).status).toBe(401)
    expect((await administrator.call('GET', '/people')).status).toBe(200)
  })

  test('from a page of another site is refused', async () => {
    const { visitor } = await peopleWorld()

    const reply = await visitor().call('POST', '/sign-in', ada, { 'sec-fetch-site': 'cross-site' })

    expect(reply).toMatchObject({ status: 403, body: { code: 'request.not-acceptable-origin' } })
  })
})

describe('who guesses', () => {
  test('learns nothing of whether somebody has that address', async () => {
    const { visitor } = await peopleWorld()

    const known = await visitor().call('POST', '/sign-in', { ...ada, password: 'not the password' })
    const unknown = await visitor().call('POST', '/sign-in', {
      email: 'nobody@example.com',
      password: 'not the password',
    })

    expect(known.status).toBe(401)
    expect({ ...known.body, requestId: '' }).toEqual({ ...unknown.body, requestId: '' })
    expect(Object.keys(known.headers)).toEqual(Object.keys(unknown.headers))
  })

  test('nor from how long the answer takes', async () => {
    const { visitor, wait } = await peopleWorld()
    const times: Record<string, number[]> = { 'ada@example.com': [], 'nobody@example.com': [] }
    await visitor().call('POST', '/sign-in', { email: 'first@example.com', password: 'warms up' })

    for (let round = 0; round < 7; round++) {
      for (const email of Object.keys(times)) {
        const began = performance.now()
        expect((await visitor().call('POST', '/sign-in', { email, password: 'not the password' })).status).toBe(401)
        times[email]!.push(performance.now() - began)
        wait(60_000)
      }
    }

    const [known, unknown] = Object.values(times).map((each) => each.toSorted((a, b) => a - b)[3]!)
    expect(unknown! / known!).toBeGreaterThan(0.4)
    expect(unknown! / known!).toBeLessThan(2.5)
  })

  test.each(['ada@example.com', 'nobody@example.com'])(
    '%s waits longer and longer, never above half a minute',
    async (email) => {
      const { visitor, wait } = await peopleWorld()
      const guess = async () => visitor().call('POST', '/sign-in', { email, password: 'not the password' })
      for (let tries = 0; tries < 5; tries++) expect((await guess()).status).toBe(401)

      for (const seconds of [1, 2, 4, 8, 16, 30, 30]) {
        const slowed = await guess()
        expect(slowed).toMatchObject({ status: 429, body: { code: 'request.too-many' } })
        expect(slowed.headers['retry-after']).toBe(String(seconds))
        wait(seconds * 1000)
        expect((await guess()).status).toBe(401)
      }
    },
  )

  test('many at the same time is counted as often', async () => {
    const { visitor } = await peopleWorld()

    const replies = await Promise.all(
      Array.from({ length: 12 }, async () =>
        visitor().call('POST', '/sign-in', { ...ada, password: 'not the password' }),
      ),
    )

    expect(replies.filter(({ status }) => status === 401)).toHaveLength(5)
    expect(replies.filter(({ status }) => status === 429)).toHaveLength(7)
  })

  test('keeps nobody else out: the owner signs in from elsewhere at once', async () => {
    const { visitor } = await peopleWorld()
    for (let tries = 0; tries < 6; tries++)
      await visitor({ address: '203.0.113.9' }).call('POST', '/sign-in', { ...ada, password: 'guess' })

    expect((await visitor({ address: '203.0.113.9' }).call('POST', '/sign-in', ada)).status).toBe(429)
    expect((await visitor({ address: '198.51.100.7' }).call('POST', '/sign-in', ada)).status).toBe(200)
  })

  test('through many addresses of people is stopped as one client', async () => {
    const { visitor, wait } = await peopleWorld()
    const guess = async (number: number) =>
      visitor().call('POST', '/one-time-links/inspect', { token: String(number).padStart(43, 'x') })
    for (let number = 0; number < 60; number++) expect((await guess(number)).status).toBe(422)

    expect((await guess(60)).status).toBe(429)
    expect((await visitor({ address: '203.0.113.9' }).call('POST', '/sign-in', ada)).status).toBe(200)
    wait(1000)
    expect((await guess(61)).status).toBe(422)
  })

  test('starts afresh once right', async () => {
    const { db, visitor } = await peopleWorld()
    for (let tries = 0; tries < 4; tries++) await visitor().call('POST', '/sign-in', { ...ada, password: 'guess' })

    await visitor().call('POST', '/sign-in', ada)

    expect(await db.selectFrom('signInAttempt').selectAll().execute()).toEqual([])
  })
})

describe('a session', () => {
  test('ends after twelve hours without a request, and lasts over a working day with some', async () => {
    const { administrator, wait } = await peopleWorld()

    for (let hours = 0; hours < 3; hours++) {
      wait(11 * HOUR_MS)
      expect((await administrator.call('GET', '/people')).status).toBe(200)
    }
    wait(12 * HOUR_MS + 1)
    expect((await administrator.call('GET', '/people')).status).toBe(401)
  })

  test('ends after thirty days whatever happens', async () => {
    const { administrator, wait } = await peopleWorld()

    for (let lasted = 11 * HOUR_MS; lasted < 30 * DAY_MS; lasted += 11 * HOUR_MS) {
      wait(11 * HOUR_MS)
      expect((await administrator.call('GET', '/session')).body.signedIn).toBe(true)
    }
    wait(11 * HOUR_MS)
    expect((await administrator.call('GET', '/session')).body.signedIn).toBe(false)
  })

  test('writes down that somebody was there once a minute at most', async () => {
    const { db, administrator, wait, now } = await peopleWorld()
    const seen = async () => (await db.selectFrom('session').select('lastSeenAt').executeTakeFirstOrThrow()).lastSeenAt
    const began = now()

    wait(59_000)
    await administrator.call('GET', '/people')
    expect(await seen()).toEqual(began)
    wait(1_000)
    await administrator.call('GET', '/people')
    expect(await seen()).toEqual(now())
  })

  test('that was signed out of is worth nothing, and the browser forgets it', async () => {
    const { administrator, visitor } = await peopleWorld()
    const before = administrator.cookie!

    const { status, headers } = await administrator.call('POST', '/sign-out')

    expect(status).toBe(204)
    expect(headers['set-cookie']).toMatch(/^plumbline=; Path=\/; Max-Age=0; /)
    expect((await visitor({ cookie: before }).call('GET', '/people')).status).toBe(401)
    expect((await visitor().call('POST', '/sign-out')).status).toBe(204)
  })

  test('is listed with its browser, and one can end it from another; nobody else can', async () => {
    const { administrator, visitor, join } = await peopleWorld()
    const phone = visitor()
    await phone.call('POST', '/sign-in', ada, {
      'user-agent': 'Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) Version/18.0 Safari/605.1',
    })
    const agent = await join({ email: 'gus@example.com', role: 'agent' })

    const { body } = await administrator.call('GET', '/sessions')
    const onPhone = body.items.find(({ name }: { name: string }) => name === 'Safari · iPhone')

    expect(body.items.map(({ current }: { current: boolean }) => current)).toEqual([false, true])
    expect((await agent.call('DELETE', `/sessions/${onPhone.id}`)).body.code).toBe('session.not-found')
    expect((await phone.call('GET', '/people')).status).toBe(200)
    expect((await administrator.call('DELETE', `/sessions/${onPhone.id}`)).status).toBe(204)
    expect((await phone.call('GET', '/people')).status).toBe(401)
  })

  test('speaks the language of the person, and lets them change it', async () => {
    const { administrator } = await peopleWorld()

    const { body } = await administrator.call('PATCH', '/session/person', { language: 'de', timeZone: 'Europe/Berlin' })

    expect(body.person).toMatchObject({ language: 'de', timeZone: 'Europe/Berlin', name: 'Ada Quist' })
    const missing = await administrator.call('GET', '/people/0192f0c0-0000-7000-8000-000000000009')
    expect(missing.body.detail).toBe('Es gibt keine Person 0192f0c0-0000-7000-8000-000000000009, die Sie sehen dürfen.')
    expect((await administrator.call('PATCH', '/session/person', { timeZone: 'Mars/Olympus' })).body.code).toBe(
      'zone.unknown',
    )
  })
})

test('the audit tells who came, who failed, and no password', async () => {
  const { db, visitor } = await peopleWorld()
  await visitor().call('POST', '/sign-in', { ...ada, password: 'a wrong one' })
  const browser = visitor()
  await browser.call('POST', '/sign-in', ada)
  await browser.call('POST', '/sign-out')

  const entries = (await audited(db)).slice(3)

  expect(entries.map(({ action }) => action)).toEqual(['sign-in.failed', 'sign-in.succeeded', 'session.ended'])
  expect(new Set(entries.map(({ subjectId }) => subjectId)).size).toBe(1)
  expect(JSON.stringify(entries)).not.toMatch(/a wrong one|kettle|ada@example/)
})

test('passwords and sessions go by the rules that an administrator set, from the next request on', async () => {
  const { administrator, join, visitor, wait, db } = await peopleWorld()
  const rules = { passwordLeast: 20, idleHours: 2, longestDays: 3 }
  await db
    .insertInto('setting')
    .values({ name: 'installation', value: JSON.stringify(rules) })
    .execute()
  const invited = await administrator.call('POST', '/invitations', { email: 'ivy@example.com', role: 'agent' })
  const token = secretOf(invited.body.link)
  const accept = async (password: string) => visitor().call('POST', '/invitations/accept', { token, password })

  expect(await accept('kettle and stair')).toMatchObject({ status: 400, body: { code: 'password.too-short' } })
  expect((await accept('kettle and stair')).body.detail).toContain('20')
  expect((await accept('kettle and stair and more')).status).toBe(200)
  const gus = await join({ email: 'gus@example.com', role: 'agent' })
  wait(1.9 * 3_600_000)
  expect((await gus.call('GET', '/session')).body.signedIn).toBe(true)
  wait(2.1 * 3_600_000)
  expect((await gus.call('GET', '/session')).body.signedIn).toBe(false)
  const { expiresAt, createdAt } = await db
    .selectFrom('session')
    .select(['expiresAt', 'createdAt'])
    .orderBy('createdAt', 'desc')
    .executeTakeFirstOrThrow()
  expect(expiresAt.getTime() - createdAt.getTime()).toBe(3 * 86_400_000)
})
