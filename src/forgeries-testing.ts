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

/** Says which kind of thing an id is of: a table of the database. Names are of no kind. */
export type KindOf = (wish: string) => string | undefined

/**
 * Where which kinds of ids mean anything. A parameter that takes the id of one thing answers all others alike, to whoever
 * asks: so it is looked once, as somebody who sees everything, at what makes a difference, and each asker is tried with that.
 */
export interface Meanings {
  /** By {@link placeOf} of a parameter: the kinds that it takes. */
  readonly taken: ReadonlyMap<string, ReadonlySet<string>>
  readonly kindOf: KindOf
}

/** The parameter of a path, or of a query, among those of all endpoints. */
function placeOf(path: string, query?: string): string {
  return query === undefined ? path.slice(0, path.indexOf(':')) : `${path}?${query}`
}

/** Whether a wish is worth trying there; names always are, and everything where it is not known. */
function isMeant({ taken, kindOf }: Meanings, place: string, wish: string): boolean {
  const kinds = taken.get(place)
  const kind = kindOf(wish)
  return kinds === undefined || kind === undefined || kinds.has(kind)
}

/** Whether a body may mean it: some parameter somewhere takes its kind. */
function isNamed({ taken, kindOf }: Meanings, wish: string): boolean {
  const kind = kindOf(wish)
  return kind === undefined || [...taken.values()].some((kinds) => kinds.has(kind))
}

/** Whether it is asked for as a part of something: what has an address of its own is none. */
function isPart({ taken, kindOf }: Meanings, wish: string): boolean {
  const kind = kindOf(wish)
  return kind === undefined || ![...taken].some(([place, kinds]) => place.endsWith('/') && kinds.has(kind))
}

/** So many requests are under way. */
export const AT_ONCE = 6

/** An id that nothing has. */
const NOTHING = '00000000-0000-7000-8000-000000000000'

/** A date, or a text with a shape of its own, is refused for its shape alone. */
function canBeId(schema: Schema): boolean {
  const { type, pattern, format, maxLength } = schema
  if (type !== 'string' || schema.enum || ['date', 'date-time', 'email'].includes(String(format))) return false
  return Number(maxLength ?? 36) >= 36 && (typeof pattern !== 'string' || new RegExp(pattern).test(NOTHING))
}

/**
 * Finds out where which kinds of ids mean anything, by asking for them. A parameter takes ids of one kind, so the first that
 * makes a difference is the one.
 *
 * @param read What somebody who sees everything is answered, as one text.
 */
export async function meaningsOf(
  endpoints: readonly Endpoint[],
  { ids }: Foreign,
  { read, kindOf }: { readonly read: (path: string) => Promise<string>; readonly kindOf: KindOf },
): Promise<Meanings> {
  const taken = new Map<string, Set<string>>()
  async function look(place: string, addressFor: (id: string) => string): Promise<void> {
    if (taken.get(place)?.size) return
    const nothing = await read(addressFor(NOTHING))
    const likely = ids.toSorted((one, other) => Number(isLikely(place, other)) - Number(isLikely(place, one)))
    let found: string | undefined
    const waiting = likely.values()
    const ask = async () => {
      for (const id of waiting) {
        const differs = (await read(addressFor(id))).replaceAll(id, NOTHING) !== nothing
        if (differs) found ??= kindOf(id)
        if (found !== undefined) return
      }
    }
    await Promise.all(Array.from({ length: AT_ONCE }, ask))
    taken.set(place, new Set(found === undefined ? [] : [found]))
  }
  /** Most parameters are called after what they take. */
  function isLikely(place: string, id: string): boolean {
    return place.includes(kindOf(id)?.replaceAll('_', '-') ?? place)
  }
  for (const endpoint of endpoints.filter(({ method }) => method === 'GET')) {
    const [first, ...others] = endpoint.path.split('/').filter((part) => part.startsWith(':'))
    if (first !== undefined && others.length === 0)
      await look(placeOf(endpoint.path), (id) => endpoint.path.replace(first, id))
    if (first !== undefined) continue
    for (const [name, schema] of Object.entries(schemaOf(endpoint.query).properties ?? {})) {
      if (!canBeId(schema) || name === 'cursor') continue
      await look(placeOf(endpoint.path, name), (id) => `${endpoint.path}?${name}=${id}`)
    }
  }
  return { taken, kindOf }
}

/**
 * Addresses of an endpoint by everything that means anything there. A part is asked for by every id where what it is asked
 * of has parts, and by one elsewhere: that is refused for its first name.
 */
function addressesOf(endpoint: Endpoint, { ids, names, parents }: Foreign, meanings: Meanings): readonly string[] {
  const [first, ...others] = [...endpoint.path.matchAll(/:(\w+)/g)].map(([, name]) => name!)
  if (first === undefined) return [endpoint.path]
  const { properties = {} } = schemaOf(endpoint.params)
  const filled = (path: string, name: string, value: string) => path.replace(`:${name}`, encodeURIComponent(value))
  const place = placeOf(endpoint.path)
  const wishes =
    fewOf(properties[first]) ??
    [...ids, ...names].filter((wish, index) => index === 0 || isMeant(meanings, place, wish))
  const partIds = ids.filter((id, index) => index === 0 || isPart(meanings, id))
  return wishes.flatMap((wish) =>
    others.reduce<readonly string[]>(
      (paths, name) => {
        const values = fewOf(properties[name]) ?? (parents.includes(wish) ? partIds : ids.slice(0, 1))
        return paths.flatMap((path) => values.map((value) => filled(path, name, value)))
      },
      [filled(endpoint.path, first, wish)],
    ),
  )
}

export interface Forgery {
  readonly path: string
  readonly body?: object
}

/** Addresses and bodies that try one endpoint with what belongs to somebody else. */
export function* forgeries(endpoint: Endpoint, foreign: Foreign, meanings: Meanings): Generator<Forgery> {
  const { ids, names } = foreign
  const wishes = [...ids, ...names]
  const paths = addressesOf(endpoint, foreign, meanings)
  const writes = endpoint.method !== 'GET'
  const body = schemaOf(endpoint.body)
  for (const path of paths) {
    if (!writes) yield { path }
    else if (endpoint.bytes === 'body') continue
    else
      for (const wish of endpoint.path.includes(':') ? [ids[0]!] : wishes.filter((each) => isNamed(meanings, each)))
        yield { path, body: valueFor(body, wish) as object }
  }
  for (const [name, schema] of Object.entries(schemaOf(endpoint.query).properties ?? {})) {
    const values = (schema.enum ?? schema.anyOf?.flatMap((each) => each.enum ?? [])) as readonly string[] | undefined
    const cursors = [cursorOf([MARK, ids[0]!]), cursorOf(['2027-01-01', ids[5]!])]
    // What is asked of something foreign is refused for that; a number or a yes is no name of anything.
    const isName = !endpoint.path.includes(':') && !['integer', 'number', 'boolean'].includes(String(schema['type']))
    const place = placeOf(endpoint.path, name)
    const meant = wishes.filter((wish, index) => index === 0 || (isName && isMeant(meanings, place, wish)))
    for (const value of name === 'cursor' ? cursors : values?.length ? values : meant) {
      yield { path: `${paths[0]}?${name}=${encodeURIComponent(value)}` }
    }
  }
}
