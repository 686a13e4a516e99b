import { z } from 'zod'
import type { Endpoint } from '#core/endpoint.ts'
import { cursorOf } from '#platform/paging.ts'
import type { Foreign } from './everything-testing.ts'

/** A word that is in everything of the other customer, and nowhere else. */
export const MARK = 'zebra'

type Schema = Readonly<Record<string, unknown>> & {
  readonly properties?: Readonly<Record<string, Schema>>
  readonly required?: readonly string[]
  readonly enum?: readonly unknown[]
  readonly items?: Schema
  readonly anyOf?: readonly Schema[]
  readonly oneOf?: readonly Schema[]
}

function schemaOf(schema: z.ZodType | undefined): Schema {
  return schema === undefined ? {} : (z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' }) as Schema)
}

/** A value that fits a schema as well as it can, with `wish` where a text goes. */
function valueFor(schema: Schema, wish: string): unknown {
  if (schema.enum) return schema.enum[0]
  if (schema['const'] !== undefined) return schema['const']
  const either = schema.anyOf ?? schema.oneOf
  if (either) return valueFor(either[0]!, wish)
  if (schema['type'] === 'object') {
    const { properties = {} } = schema
    return Object.fromEntries(Object.entries(properties).map(([name, each]) => [name, valueFor(each, wish)]))
  }
  if (schema['type'] === 'array') return [valueFor(schema.items ?? {}, wish)]
  if (schema['type'] === 'integer' || schema['type'] === 'number') return schema['minimum'] ?? 1
  if (schema['type'] === 'boolean') return false
  if (schema['format'] === 'email') return `somebody@${MARK}.example`
  if (schema['format'] === 'date-time') return '2026-02-01T00:00:00Z'
  if (schema['format'] === 'date') return '2026-02-01'
  return wish
}

/** All that a parameter of a path can be, where it is one of a few words or a number; null where it is an id or a name. */
function fewOf(schema: Schema | undefined): readonly string[] | null {
  if (schema?.enum) return schema.enum.map(String)
  return schema?.['type'] === 'integer' || schema?.['type'] === 'number' ? ['1'] : null
}

/**
 * Addresses of an endpoint by everything that there is. A part is asked for by every id where what it is asked of has
 * parts, and by one elsewhere: that is refused for its first name.
 */
function addressesOf(endpoint: Endpoint, { ids, names, parents }: Foreign): readonly string[] {
  const [first, ...others] = [...endpoint.path.matchAll(/:(\w+)/g)].map(([, name]) => name!)
  if (first === undefined) return [endpoint.path]
  const { properties = {} } = schemaOf(endpoint.params)
  const filled = (path: string, name: string, value: string) => path.replace(`:${name}`, encodeURIComponent(value))
  return [...ids, ...names].flatMap((wish) =>
    others.reduce<readonly string[]>(
      (paths, name) => {
        const values = fewOf(properties[name]) ?? (parents.includes(wish) ? ids : ids.slice(0, 1))
        return paths.flatMap((path) => values.map((value) => filled(path, name, value)))
      },
      [filled(endpoint.path, first, wish)],
    ),
  )
}

/** Addresses and bodies that try one endpoint with what belongs to somebody else. */
export function* forgeries(endpoint: Endpoint, foreign: Foreign): Generator<{ path: string; body?: object }> {
  const { ids, names } = foreign
  const wishes = [...ids, ...names]
  const paths = addressesOf(endpoint, foreign)
  const writes = endpoint.method !== 'GET'
  const body = schemaOf(endpoint.body)
  for (const path of paths) {
    if (!writes) yield { path }
    else if (endpoint.bytes === 'body') continue
    else
      for (const wish of endpoint.path.includes(':') ? [ids[0]!] : wishes)
        yield { path, body: valueFor(body, wish) as object }
  }
  for (const [name, schema] of Object.entries(schemaOf(endpoint.query).properties ?? {})) {
    const values = (schema.enum ?? schema.anyOf?.flatMap((each) => each.enum ?? [])) as readonly string[] | undefined
    const cursors = [cursorOf([MARK, ids[0]!]), cursorOf(['2027-01-01', ids[5]!])]
    for (const value of name === 'cursor' ? cursors : values?.length ? values : wishes) {
      yield { path: `${paths[0]}?${name}=${encodeURIComponent(value)}` }
    }
  }
}
