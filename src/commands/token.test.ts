import { describe, expect, test } from 'vitest'
import { testDatabase } from '#platform/testing.ts'
import type { Command, CommandWorld } from './command.ts'
import { tokenCommand } from './token.ts'
import { userCommand } from './user.ts'

/** Says a verb on a database of the test's own, as the command line does. */
async function commandLine() {
  const database = await testDatabase()
  return async (command: Command, args: readonly string[], { json = true, language = 'en' as const } = {}) => {
    const [lines, errors]: [string[], string[]] = [[], []]
    const world: CommandWorld = {
      database,
      url: database.url,
      out: (line) => void lines.push(line),
      err: (line) => void errors.push(line),
      json,
      language,
    }
    const code = await command(args, world)
    return {
      code,
      out: lines.join('\n'),
      err: errors.join('\n'),
      printed: json && lines.length === 1 ? JSON.parse(lines[0]!) : null,
    }
  }
}

const create = ['create', '--email', 'Robot@Example.com', '--role', 'integration']

describe('user create', () => {
  test('prints the link by which somebody begins to sign in', async () => {
    const say = await commandLine()

    const { code, printed } = await say(userCommand, [...create, '--name', 'Exporter'])

    expect(code).toBe(0)
    expect(printed).toEqual({
      id: expect.stringMatching(/^[0-9a-f-]{36}$/),
      link: expect.stringMatching(/^http:\/\/.+\/invitation#[\w-]{43}$/),
    })
    const people = await say(userCommand, create, { json: false })
    expect(people.out).toMatch(/^Pass this link on; .*\n.*\/invitation#/)
  })

  test.each([
    ['nobody', ['create', '--role', 'agent']],
    ['no role', ['create', '--email', 'gus@example.com']],
    ['an option that there is not', [...create, '--shoe-size', '43']],
    ['another word', ['remove', '--email', 'gus@example.com', '--role', 'agent']],
    ['nothing', []],
  ])('with %s is wrong use', async (_, args) => {
    const say = await commandLine()

    expect(await say(userCommand, args)).toMatchObject({ code: 2, out: '', err: expect.stringMatching(/Usage|--help/) })
  })

  test.each([
    ['role.unknown', ['create', '--email', 'gus@example.com', '--role', 'emperor']],
    ['role.customer-needed', ['create', '--email', 'gus@example.com', '--role', 'customer-stakeholder']],
    ['customer.not-found', ['create', '--email', 'gus@example.com', '--role', 'agent', '--customer', 'Atlantis']],
    ['account.bad-address', ['create', '--email', 'gus', '--role', 'agent']],
  ])('fails with %s', async (code, args) => {
    const say = await commandLine()

    await expect(say(userCommand, args)).rejects.toMatchObject({ code })
  })
})

describe('token', () => {
  test('create prints a token for somebody who can sign in, revoke ends it', async () => {
    const say = await commandLine()
    await say(userCommand, create)

    const { code, printed } = await say(tokenCommand, [
      'create',
      '--email',
      'robot@example.com',
      '--name',
      'Nightly',
      '--scope',
      'read',
    ])

    expect(code).toBe(0)
    expect(printed).toEqual({ id: expect.any(String), token: expect.stringMatching(/^plb_[\w-]{43}$/) })
    expect((await say(tokenCommand, ['revoke', printed.id])).code).toBe(0)
    await expect(say(tokenCommand, ['revoke', printed.id])).rejects.toMatchObject({ code: 'token.not-found' })
  })

  test.each([
    ['no name', ['create', '--email', 'robot@example.com']],
    ['a scope that is none', ['create', '--email', 'robot@example.com', '--name', 'N', '--scope', 'everything']],
    ['no id', ['revoke']],
    ['an id that is none', ['revoke', '42']],
    ['an option that there is not', ['revoke', '--all']],
  ])('with %s is wrong use', async (_, args) => {
    const say = await commandLine()

    expect(await say(tokenCommand, args)).toMatchObject({ code: 2, out: '' })
  })

  test('of nobody fails', async () => {
    const say = await commandLine()

    await expect(say(tokenCommand, ['create', '--email', 'nobody@example.com', '--name', 'N'])).rejects.toMatchObject({
      code: 'account.not-found',
    })
  })
})

test.each([tokenCommand, userCommand])('help is there in both languages, without a database', async (command) => {
  const lines: string[] = []
  const world = {
    out: (line: string) => void lines.push(line),
    err: () => undefined,
    json: false,
  } as unknown as CommandWorld

  expect(await command(['--help'], { ...world, language: 'de' })).toBe(0)
  expect(await command(['create', '--help'], { ...world, language: 'en' })).toBe(0)

  expect(lines[0]).toMatch(/^Aufruf: /)
  expect(lines[1]).toMatch(/^Usage: /)
})
