import { expect, test } from 'vitest'
import { z } from 'zod'
import { endpoint } from '#core/endpoint.ts'
import { route } from '#platform/http.ts'
import { audited, PASSWORD, peopleWorld } from './testing.ts'

const HOUR_MS = 3_600_000

test('a token lets a program act as the person, and is shown this once', async () => {
  const { db, administrator, visitor } = await peopleWorld()

  const { status, body } = await administrator.call('POST', '/tokens', { name: 'Nightly export' })
  const program = visitor({ token: body.token })

  expect(status).toBe(201)
  expect(body).toMatchObject({ name: 'Nightly export', scopes: ['read', 'write'], lastUsedAt: null, expiresAt: null })
  expect(body.token).toMatch(/^plb_[\w-]{43}$/)
  expect((await program.call('GET', '/session')).body.person.name).toBe('Ada Quist')
  expect((await program.call('POST', '/teams', { name: 'Desk' })).status).toBe(201)
  const { items } = (await administrator.call('GET', '/tokens')).body
  expect(items).toEqual([{ ...body, token: undefined, lastUsedAt: expect.any(String) }])
  expect(JSON.stringify([await db.selectFrom('apiToken').selectAll().execute(), await audited(db)])).not.toContain(
    body.token.slice(4),
  )
})

test('a token that only reads writes nothing', async () => {
  const { administrator, visitor } = await peopleWorld()
  const { body } = await administrator.call('POST', '/tokens', { name: 'Dashboard', scopes: ['read'] })
  const program = visitor({ token: body.token })

  expect((await program.call('GET', '/people')).status).toBe(200)
  for (const [method, path, sent] of [
    ['POST', '/teams', { name: 'Desk' }],
    ['POST', '/people', { name: 'Gus' }],
    ['POST', '/invitations', { email: 'gus@example.com', role: 'agent' }],
    ['PATCH', '/session/person', { name: 'Eve' }],
    ['DELETE', `/tokens/${body.id}`, undefined],
  ] as const) {
    expect(await program.call(method, path, sent)).toMatchObject({ status: 403, body: { code: 'may.read-only-token' } })
  }
})

test('a token never makes another, nor touches how the person signs in', async () => {
  const { administrator, visitor } = await peopleWorld()
  const { body } = await administrator.call('POST', '/tokens', { name: 'Everything' })
  const program = visitor({ token: body.token })

  for (const [method, path, sent] of [
    ['POST', '/tokens', { name: 'Offspring' }],
    ['GET', '/sessions', undefined],
    ['POST', '/two-factor', undefined],
    ['PUT', '/password', { current: 'whatever it is', password: 'green bottle on the shelf' }],
  ] as const) {
    expect(await program.call(method, path, sent)).toMatchObject({ status: 403, body: { code: 'may.session' } })
  }
  // A cookie that comes along makes it no session.
  const both = visitor({ token: body.token, cookie: administrator.cookie! })
  expect((await both.call('POST', '/tokens', { name: 'Offspring' })).body.code).toBe('may.session')
})

test.each([
  ['forged', 'plb_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA'],
  ['of another kind', 'ghp_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA'],
  ['empty', ''],
])('a token that is %s is refused, also with a good cookie beside it', async (_, token) => {
  const { administrator, visitor } = await peopleWorld()

  const reply = await visitor({ token, cookie: administrator.cookie! }).call('GET', '/people')

  expect(reply).toMatchObject({ status: 401, body: { code: 'sign-in.needed' } })
  expect(reply.headers['www-authenticate']).toBe('Bearer')
})

test('what a proxy in front asked for does not get into the way of a session', async () => {
  const { administrator } = await peopleWorld()

  expect((await administrator.call('GET', '/people', undefined, { authorization: 'Basic dXNlcjpwYXNz' })).status).toBe(
    200,
  )
})

test('a calendar brings a token as its password, and it opens what calendars read and nothing else', async () => {
  const feed = endpoint({ method: 'GET', path: '/days.ics', summary: '', audience: 'signed-in', reply: z.string() })
  const { administrator, visitor } = await peopleWorld({ more: [route(feed, async () => 'BEGIN:VCALENDAR')] })
  const made = async (scope: string) =>
    (await administrator.call('POST', '/tokens', { name: 'My calendar', scopes: [scope] })).body
  const [calendar, reading] = [await made('calendar'), await made('read')]
  const read = async (path: string, password: string, more = {}) =>
    visitor({ cookie: '' }).call('GET', path, undefined, {
      authorization: `Basic ${btoa(`ada:${password}`)}`,
      ...more,
    })

  for (const { token } of [calendar, reading]) expect((await read('/days.ics', token)).status).toBe(200)
  // A browser sends such a password to everything beside the feed as well: there it is none.
  for (const { token } of [calendar, reading]) expect((await read('/people', token)).status).toBe(401)
  const asBearer = await visitor({ token: calendar.token }).call('GET', '/people')
  expect(asBearer).toMatchObject({ status: 403, body: { code: 'may.calendar-token' } })
  expect((await visitor({ token: reading.token }).call('GET', '/people')).status).toBe(200)
  for (const wrong of ['plb_AAAAAAAA', PASSWORD]) expect((await read('/days.ics', wrong)).status).toBe(401)
  // Only a calendar is asked for a name and a password; people would type their own into a browser's box.
  expect((await read('/days.ics', 'no')).headers['www-authenticate']).toMatch(/^Basic /)
  const inBrowser = await read('/days.ics', 'no', { 'sec-fetch-mode': 'navigate' })
  expect(inBrowser.headers['www-authenticate']).toBe('Bearer')

  await administrator.call('DELETE', `/tokens/${calendar.id}`)
  expect((await read('/days.ics', calendar.token)).status).toBe(401)
})

test('a revoked token is refused at once, and nobody revokes those of others', async () => {
  const { administrator, visitor, join } = await peopleWorld()
  const agent = await join({ email: 'gus@example.com', role: 'agent' })
  const { body } = await administrator.call('POST', '/tokens', { name: 'Nightly export' })
  const program = visitor({ token: body.token })
  expect((await program.call('GET', '/people')).status).toBe(200)

  expect((await agent.call('DELETE', `/tokens/${body.id}`)).body.code).toBe('token.not-found')
  expect((await administrator.call('DELETE', `/tokens/${body.id}`)).status).toBe(204)

  expect((await program.call('GET', '/people')).status).toBe(401)
  expect((await administrator.call('GET', '/tokens')).body.items).toEqual([])
  expect((await administrator.call('DELETE', `/tokens/${body.id}`)).body.code).toBe('token.not-found')
})

test('a token ends when it was said to, and says to the hour when it was used', async () => {
  const { administrator, visitor, wait, now } = await peopleWorld()
  const expiresAt = new Date(now().getTime() + 3 * HOUR_MS).toISOString()
  const { body } = await administrator.call('POST', '/tokens', { name: 'For today', expiresAt })
  const program = visitor({ token: body.token })
  const used = async () => (await administrator.call('GET', '/tokens')).body.items[0].lastUsedAt

  await program.call('GET', '/people')
  const first = await used()
  wait(HOUR_MS / 2)
  await program.call('GET', '/people')
  expect(await used()).toBe(first)
  wait(HOUR_MS)
  await program.call('GET', '/people')
  expect(await used()).not.toBe(first)
  wait(2 * HOUR_MS)
  expect((await program.call('GET', '/people')).status).toBe(401)
  const past = await administrator.call('POST', '/tokens', { name: 'Too late', expiresAt })
  expect(past).toMatchObject({ status: 400, body: { code: 'token.ends-early' } })
})

test('a token of somebody who was switched off is refused, and works again with them', async () => {
  const { administrator, visitor, join } = await peopleWorld()
  const agent = await join({ email: 'gus@example.com', role: 'agent' })
  const { body } = await agent.call('POST', '/tokens', { name: 'Nightly export' })
  const program = visitor({ token: body.token })

  await administrator.call('POST', `/people/${agent.id}/disable`)
  expect((await program.call('GET', '/people')).status).toBe(401)
  await administrator.call('POST', `/people/${agent.id}/enable`)
  expect((await program.call('GET', '/people')).status).toBe(200)
})
