import { describe, expect, test } from 'vitest'
import { PASSWORD, peopleWorld, secretOf } from './testing.ts'

const DAY_MS = 86_400_000
const ada = { email: 'ada@example.com', password: PASSWORD }

describe('changing the password', () => {
  test('takes the present one, ends every other session and gives this one a new secret', async () => {
    const { administrator, visitor } = await peopleWorld()
    const elsewhere = visitor()
    await elsewhere.call('POST', '/sign-in', ada)
    const before = administrator.cookie!

    const { status } = await administrator.call('PUT', '/password', {
      current: PASSWORD,
      password: 'green bottle on the shelf',
    })

    expect(status).toBe(204)
    expect((await administrator.call('GET', '/people')).status).toBe(200)
    expect((await visitor({ cookie: before }).call('GET', '/people')).status).toBe(401)
    expect((await elsewhere.call('GET', '/people')).status).toBe(401)
    expect((await visitor().call('POST', '/sign-in', ada)).status).toBe(401)
    expect((await visitor().call('POST', '/sign-in', { ...ada, password: 'green bottle on the shelf' })).status).toBe(
      200,
    )
  })

  test('is refused with a wrong present one or a bad new one', async () => {
    const { administrator } = await peopleWorld()
    const change = async (current: string, password: string) =>
      administrator.call('PUT', '/password', { current, password })

    expect(await change('wrong', 'green bottle on the shelf')).toMatchObject({
      status: 422,
      body: { code: 'password.wrong' },
    })
    expect(await change(PASSWORD, 'short')).toMatchObject({ status: 400, body: { code: 'password.too-short' } })
  })

  test('slows down whoever guesses the present one in a session that somebody left open', async () => {
    const { administrator } = await peopleWorld()
    const guess = async () =>
      administrator.call('PUT', '/password', { current: 'guess', password: 'green bottle on the shelf' })
    for (let tries = 0; tries < 5; tries++) expect((await guess()).status).toBe(422)

    expect((await guess()).status).toBe(429)
  })
})

describe('a forgotten password', () => {
  test('is replaced by a link from an administrator, which ends the sessions and does not sign in', async () => {
    const { administrator, visitor, join } = await peopleWorld()
    const agent = await join({ email: 'gus@example.com', role: 'agent' })
    const { status, body } = await administrator.call('POST', `/people/${agent.id}/password-reset`)
    expect(status).toBe(201)
    expect(body.link).toMatch(/^http:\/\/[^/]+\/password-reset#[\w-]{43}$/)
    const browser = visitor()

    const reset = await browser.call('POST', '/password-reset', {
      token: secretOf(body.link),
      password: 'green bottle on the shelf',
    })

    expect(reset).toMatchObject({ status: 200, body: { next: 'sign-in' } })
    expect(browser.cookie).toBeUndefined()
    expect((await agent.call('GET', '/people')).status).toBe(401)
    expect(
      (await browser.call('POST', '/sign-in', { email: 'gus@example.com', password: 'green bottle on the shelf' }))
        .status,
    ).toBe(200)
  })

  test('link works once, for a day, and until the next one', async () => {
    const { administrator, visitor, join, wait } = await peopleWorld()
    const agent = await join({ email: 'gus@example.com', role: 'agent' })
    const ask = async () => secretOf((await administrator.call('POST', `/people/${agent.id}/password-reset`)).body.link)
    const use = async (token: string) =>
      (await visitor().call('POST', '/password-reset', { token, password: 'green bottle on the shelf' })).body.code
    const [first, second] = [await ask(), await ask()]

    expect(await use(first)).toBe('link.unknown')
    expect(await use(second)).toBeUndefined()
    expect(await use(second)).toBe('link.used')
    const late = await ask()
    wait(DAY_MS)
    expect(await use(late)).toBe('link.expired')
    expect((await visitor().call('POST', '/invitations/accept', { token: late, password: PASSWORD })).body.code).toBe(
      'link.unknown',
    )
  })

  test('is for an administrator to see to, and not their own', async () => {
    const { administrator, join } = await peopleWorld()
    const manager = await join({ email: 'mia@example.com', role: 'service-manager' })
    const me = (await administrator.call('GET', '/session')).body.person.id

    expect((await manager.call('POST', `/people/${me}/password-reset`)).body.code).toBe('may.administrators')
    expect((await administrator.call('POST', `/people/${me}/password-reset`)).body.code).toBe('may.not-yourself')
  })
})
