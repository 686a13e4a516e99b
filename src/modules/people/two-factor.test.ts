import { TOTP } from 'otpauth'
import { describe, expect, test } from 'vitest'
import { PASSWORD, peopleWorld, type PeopleWorld, type Visitor } from './testing.ts'

const STEP_MS = 30_000
const ada = { email: 'ada@example.com', password: PASSWORD }

/** The code that an authenticator application shows `ms` from now. */
function codeAt({ now }: PeopleWorld, secret: string, ms = 0): string {
  return new TOTP({ secret }).generate({ timestamp: now().getTime() + ms })
}

/** Ada with a second factor; the moment is the beginning of an unused step. */
async function withTwoFactor(): Promise<PeopleWorld & { secret: string; recoveryCodes: string[] }> {
  const world = await peopleWorld()
  const { administrator, wait } = world
  const { secret } = (await administrator.call('POST', '/two-factor')).body
  const { body } = await administrator.call('POST', '/two-factor/confirm', { code: codeAt(world, secret) })
  wait(2 * STEP_MS)
  return { ...world, secret, recoveryCodes: body.recoveryCodes }
}

async function passwordGiven({ visitor }: PeopleWorld): Promise<Visitor> {
  const browser = visitor()
  expect((await browser.call('POST', '/sign-in', ada)).body).toEqual({ next: 'second-factor' })
  return browser
}

describe('setting up a second factor', () => {
  test('gives a secret as a picture, as an address and to type in', async () => {
    const { administrator } = await peopleWorld()

    const { status, body } = await administrator.call('POST', '/two-factor')

    expect(status).toBe(201)
    expect(body.secret).toMatch(/^[A-Z2-7]{32}$/)
    expect(body.uri).toBe(
      `otpauth://totp/Plumbline:ada%40example.com?issuer=Plumbline&secret=${body.secret}&algorithm=SHA1&digits=6&period=30`,
    )
    expect(body.qr).toMatch(/^<svg xmlns="http:\/\/www.w3.org\/2000\/svg"/)
  })

  test('is in force only once a code of it was confirmed', async () => {
    const world = await peopleWorld()
    const { administrator, visitor } = world
    const { secret } = (await administrator.call('POST', '/two-factor')).body

    expect((await visitor().call('POST', '/sign-in', ada)).body).toEqual({ next: 'done' })
    const refused = await administrator.call('POST', '/two-factor/confirm', { code: '000000' })
    expect(refused).toMatchObject({ status: 422, body: { code: 'two-factor.wrong-code' } })
    const { body } = await administrator.call('POST', '/two-factor/confirm', { code: codeAt(world, secret) })

    expect(body.recoveryCodes).toHaveLength(10)
    expect(new Set(body.recoveryCodes).size).toBe(10)
    for (const code of body.recoveryCodes) expect(code).toMatch(/^[0-9A-HJKMNP-TV-Z]{4}(-[0-9A-HJKMNP-TV-Z]{4}){3}$/)
    expect((await administrator.call('GET', '/session')).body).toMatchObject({ twoFactor: true, recoveryCodesLeft: 10 })
    expect((await visitor().call('POST', '/sign-in', ada)).body).toEqual({ next: 'second-factor' })
    expect((await administrator.call('POST', '/two-factor')).body.code).toBe('two-factor.on')
  })

  test('cannot be confirmed before it was begun', async () => {
    const { administrator } = await peopleWorld()

    expect((await administrator.call('POST', '/two-factor/confirm', { code: '123456' })).body.code).toBe(
      'two-factor.not-begun',
    )
  })
})

describe('signing in with a second factor', () => {
  test('the password alone opens nothing', async () => {
    const world = await withTwoFactor()
    const browser = await passwordGiven(world)

    expect((await browser.call('GET', '/session')).body.signedIn).toBe(false)
    for (const path of ['/people', '/sessions', '/tokens']) expect((await browser.call('GET', path)).status).toBe(401)
    expect((await browser.call('POST', '/two-factor')).status).toBe(401)
    expect(
      (await browser.call('PUT', '/password', { current: PASSWORD, password: 'green bottle on the shelf' })).status,
    ).toBe(401)
  })

  test.each([
    ['of now', 0],
    ['of the step before, from a clock that is slow', -STEP_MS],
    ['of the step after, from a clock that is fast', STEP_MS],
  ])('a code %s is taken, and the session has a new secret', async (_, ms) => {
    const world = await withTwoFactor()
    const browser = await passwordGiven(world)
    const half = browser.cookie!

    const { status, body } = await browser.call('POST', '/sign-in/second-factor', {
      code: codeAt(world, world.secret, ms),
    })

    expect({ status, body }).toEqual({ status: 200, body: { next: 'done' } })
    expect((await browser.call('GET', '/session')).body.signedIn).toBe(true)
    expect(browser.cookie).not.toBe(half)
    expect((await world.visitor({ cookie: half }).call('GET', '/session')).body.signedIn).toBe(false)
  })

  test('a code that was used is refused, and so is every one before it', async () => {
    const world = await withTwoFactor()
    const [before, code] = [codeAt(world, world.secret, -STEP_MS), codeAt(world, world.secret)]
    await (await passwordGiven(world)).call('POST', '/sign-in/second-factor', { code })

    const again = await passwordGiven(world)

    for (const used of [code, before]) {
      const reply = await again.call('POST', '/sign-in/second-factor', { code: used })
      expect(reply).toMatchObject({ status: 401, body: { code: 'second-factor.wrong' } })
    }
    world.wait(STEP_MS)
    expect((await again.call('POST', '/sign-in/second-factor', { code: codeAt(world, world.secret) })).status).toBe(200)
  })

  test('a code used twice at the same time opens one session', async () => {
    const world = await withTwoFactor()
    const browsers = [await passwordGiven(world), await passwordGiven(world)]
    const code = codeAt(world, world.secret)

    const replies = await Promise.all(
      browsers.map(async (each) => each.call('POST', '/sign-in/second-factor', { code })),
    )

    expect(replies.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([200, 401])
  })

  test('a code of a minute ago is refused', async () => {
    const world = await withTwoFactor()
    const browser = await passwordGiven(world)
    const code = codeAt(world, world.secret)
    world.wait(2 * STEP_MS)

    expect((await browser.call('POST', '/sign-in/second-factor', { code })).body.code).toBe('second-factor.wrong')
  })

  test('a recovery code works once, however it is typed', async () => {
    const world = await withTwoFactor()
    const [first] = world.recoveryCodes
    const typed = first!.toLowerCase().replaceAll('-', ' ').replaceAll('0', 'o').replaceAll('1', 'l')

    expect((await (await passwordGiven(world)).call('POST', '/sign-in/second-factor', { code: typed })).status).toBe(
      200,
    )
    const again = await passwordGiven(world)
    expect((await again.call('POST', '/sign-in/second-factor', { code: first })).body.code).toBe('second-factor.wrong')
    expect((await world.administrator.call('GET', '/session')).body.recoveryCodesLeft).toBe(9)
  })

  test('giving the password again does not buy fresh tries', async () => {
    const world = await withTwoFactor()
    const statuses: number[] = []

    for (let round = 0; round < 3; round++) {
      const browser = world.visitor()
      statuses.push((await browser.call('POST', '/sign-in', ada)).status)
      statuses.push((await browser.call('POST', '/sign-in/second-factor', { code: '000000' })).status)
    }

    expect(statuses).toEqual([200, 401, 200, 401, 200, 429])
    expect((await world.visitor().call('POST', '/sign-in', ada)).status).toBe(429)
  })

  test('has to be done within ten minutes of the password', async () => {
    const world = await withTwoFactor()
    const browser = await passwordGiven(world)
    world.wait(10 * 60_000)

    const late = await browser.call('POST', '/sign-in/second-factor', { code: codeAt(world, world.secret) })

    expect(late).toMatchObject({ status: 401, body: { code: 'second-factor.begin-again' } })
    expect((await world.visitor().call('POST', '/sign-in/second-factor', { code: '123456' })).body.code).toBe(
      'second-factor.begin-again',
    )
  })

  test('a new password by a link does not get around it', async () => {
    const world = await withTwoFactor()
    const { administrator, visitor, join } = world
    const other = await join({ email: 'bea@example.com', role: 'administrator' })
    const me = (await administrator.call('GET', '/session')).body.person.id
    const { link } = (await other.call('POST', `/people/${me}/password-reset`)).body
    await visitor().call('POST', '/password-reset', {
      token: link.split('#')[1],
      password: 'green bottle on the shelf',
    })

    const { body } = await visitor().call('POST', '/sign-in', { ...ada, password: 'green bottle on the shelf' })

    expect(body).toEqual({ next: 'second-factor' })
  })
})

describe('removing a second factor', () => {
  test('takes the password', async () => {
    const { administrator, visitor } = await withTwoFactor()

    expect((await administrator.call('DELETE', '/two-factor', { password: 'wrong' })).body.code).toBe('password.wrong')
    expect((await administrator.call('DELETE', '/two-factor', { password: PASSWORD })).status).toBe(204)

    expect((await visitor().call('POST', '/sign-in', ada)).body).toEqual({ next: 'done' })
    expect((await administrator.call('DELETE', '/two-factor', { password: PASSWORD })).body.code).toBe('two-factor.off')
  })

  test('of somebody who lost everything is done by an administrator, not by themselves, and ends their sessions', async () => {
    const { administrator, visitor, join } = await withTwoFactor()
    const other = await join({ email: 'bea@example.com', role: 'administrator' })
    const me = (await administrator.call('GET', '/session')).body.person.id

    expect((await administrator.call('DELETE', `/people/${me}/two-factor`)).body.code).toBe('may.not-yourself')
    expect((await other.call('DELETE', `/people/${me}/two-factor`)).body).toMatchObject({
      twoFactor: false,
      account: 'active',
    })

    expect((await administrator.call('GET', '/people')).status).toBe(401)
    expect((await visitor().call('POST', '/sign-in', ada)).body).toEqual({ next: 'done' })
  })
})
