import { parseArgs } from 'node:util'
import { createTokenFor, revokeTokenById, type TokenScope } from '#modules/people'
import { looksLikeId } from '#platform/text-search.ts'
import type { CommandWorld } from './command.ts'
import { sayOfPeople } from './people-text.ts'

/** `token create --email E --name N [--scope read|write|calendar]` and `token revoke ID`. */
export async function tokenCommand(args: readonly string[], world: CommandWorld): Promise<number> {
  const { out, err, language } = world
  if (args.includes('--help')) {
    out(sayOfPeople(language, 'token.usage'))
    return 0
  }
  const [what, ...rest] = args
  const options = {
    email: { type: 'string' },
    name: { type: 'string' },
    scope: { type: 'string', multiple: true },
  } as const
  let given
  try {
    given = parseArgs({ args: rest, options, allowPositionals: true })
  } catch (error) {
    err(sayOfPeople(language, 'wrong-use', { reason: (error as Error).message }))
    return 2
  }
  const { values, positionals } = given
  const name = values.name?.trim()
  const scopes = scopesIn(values.scope)
  if (what === 'create' && values.email !== undefined && name && scopes !== null && positionals.length === 0) {
    return create(world, { email: values.email, name, scopes })
  }
  const [id] = positionals
  if (what === 'revoke' && id !== undefined && looksLikeId(id) && positionals.length === 1) return revoke(world, id)
  err(sayOfPeople(language, 'token.usage'))
  return 2
}

/** Both when none was given; null when one is no scope. */
function scopesIn(given: readonly string[] = ['read', 'write']): readonly TokenScope[] | null {
  const scopes = given.flatMap((each) => each.split(','))
  const known = scopes.filter((scope) => scope === 'read' || scope === 'write' || scope === 'calendar')
  return known.length === scopes.length ? known : null
}

async function create(
  { database, out, json, language }: CommandWorld,
  asked: Parameters<typeof createTokenFor>[1],
): Promise<number> {
  const created = await createTokenFor(database.db, asked)
  out(json ? JSON.stringify(created) : sayOfPeople(language, 'token.created', created))
  return 0
}

async function revoke({ database, out, json, language }: CommandWorld, id: string): Promise<number> {
  await revokeTokenById(database.db, id)
  out(json ? JSON.stringify({ id }) : sayOfPeople(language, 'token.revoked'))
  return 0
}
