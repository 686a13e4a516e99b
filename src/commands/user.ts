import { parseArgs } from 'node:util'
import { createPersonWhoSignsIn, roles } from '#modules/people'
import { configurationOf } from '#platform/configuration.ts'
import type { CommandWorld } from './command.ts'
import { sayOfPeople } from './people-text.ts'

/** `user create --email E --role R [--customer NAME] [--name N]`. */
export async function userCommand(args: readonly string[], world: CommandWorld): Promise<number> {
  const { database, out, err, json, language } = world
  if (args.includes('--help')) {
    out(sayOfPeople(language, 'user.usage', { roles: roles.join(', ') }))
    return 0
  }
  const [what, ...rest] = args
  const text = { type: 'string' } as const
  let given
  try {
    given = parseArgs({ args: rest, options: { email: text, role: text, customer: text, name: text } })
  } catch (error) {
    err(sayOfPeople(language, 'wrong-use', { reason: (error as Error).message }))
    return 2
  }
  const { email, role, customer, name } = given.values
  if (what !== 'create' || email === undefined || role === undefined) {
    err(sayOfPeople(language, 'user.usage', { roles: roles.join(', ') }))
    return 2
  }
  const { url } = configurationOf(process.env)
  const created = await createPersonWhoSignsIn(database.db, url, {
    email,
    role,
    customer,
    name: name?.trim() || undefined,
    language,
  })
  out(json ? JSON.stringify(created) : sayOfPeople(language, 'user.created', created))
  return 0
}
