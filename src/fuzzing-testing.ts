import fc, { type Arbitrary } from 'fast-check'
import { z } from 'zod'
import type { Endpoint } from '#core/endpoint.ts'

/* Requests that fit an endpoint's description more or less, for `api.fuzz.ts`. */

type Schema = Readonly<Record<string, unknown>> & {
  readonly properties?: Readonly<Record<string, Schema>>
  readonly required?: readonly string[]
  readonly enum?: readonly unknown[]
  readonly items?: Schema
  readonly prefixItems?: readonly Schema[]
  readonly anyOf?: readonly Schema[]
  readonly oneOf?: readonly Schema[]
  readonly allOf?: readonly Schema[]
  readonly additionalProperties?: Schema | boolean
  readonly $ref?: string
  readonly $defs?: Readonly<Record<string, Schema>>
}

export interface FuzzRequest {
  readonly path: string
  readonly body: unknown
  readonly headers: Readonly<Record<string, string>>
}

/** Texts that have broken programs before. */
const nasty = fc.constantFrom(
  '',
  ' ',
  '\0',
  'null',
  '-1',
  '1e309',
  '0x10',
  "'; drop table incident; --",
  '%',
  '_%_',
  '\\',
  '<script>alert(1)</script>',
  '=1+1',
  '{"a":1}',
  '../../etc/passwd',
  '\u202Eabc',
  '\uD83D\uDE00\u200D\u2764',
  '\uD800',
  'İ',
  'ß'.repeat(300),
  'a'.repeat(10_000),
  '2026-02-30',
  '2026-03-29T02:30:00Z',
  '0000-01-01T00:00:00Z',
  '+275760-09-13T00:00:00Z',
  '2026-13',
  '9999-12',
  '00000000-0000-0000-0000-000000000000',
  'Europe/Berlin',
  'Mars/Olympus',
)

const moments = fc.oneof(
  fc
    .date({ min: new Date('2025-01-01'), max: new Date('2027-12-31'), noInvalidDate: true })
    .map((date) => date.toISOString()),
  fc.constantFrom('0001-01-01T00:00:00Z', '9999-12-31T23:59:59.999Z', '2026-03-29T02:30:00+01:00'),
)
const days = moments.map((moment) => moment.slice(0, 10))

/** Something of the wrong kind. */
const anything = fc.oneof(
  nasty,
  fc.integer(),
  fc.double(),
  fc.boolean(),
  fc.constant(null),
  fc.constant([]),
  fc.constant({}),
  fc.constant([[[[]]]]),
  fc.constant({ __proto__: { admin: true }, constructor: 1 }),
)

function rarely(what: Arbitrary<unknown>, usually: Arbitrary<unknown>): Arbitrary<unknown> {
  return fc.oneof({ arbitrary: usually, weight: 19 }, { arbitrary: what, weight: 1 })
}

function textFor(schema: Schema, words: Arbitrary<string>): Arbitrary<unknown> {
  const format = schema['format']
  if (format === 'date-time') return moments
  if (format === 'date') return days
  if (format === 'email') return fc.constantFrom('ada@own.example', 'x@zebra.example', 'nobody@nowhere.example')
  if (format === 'uri') return fc.constantFrom('https://example.com/', 'http://127.0.0.1/', 'http://[::1]:22/')
  const { pattern } = schema
  if (typeof pattern === 'string' && /\\d\{4\}-/.test(pattern)) return days.map((day) => day.slice(0, 7))
  return fc.oneof({ arbitrary: words, weight: 6 }, { arbitrary: nasty, weight: 1 })
}

/** Values that fit a JSON schema, and now and then some that do not. */
function valueFor(schema: Schema, words: Arbitrary<string>, defs: Schema['$defs'], depth = 0): Arbitrary<unknown> {
  const of = (part: Schema) => valueFor(part, words, defs, depth + 1)
  if (depth > 6) return fc.constant(null)
  if (schema.$ref !== undefined) return of(defs?.[schema.$ref.split('/').at(-1)!] ?? {})
  if (schema['const'] !== undefined) return fc.constant(schema['const'])
  if (schema.enum) return rarely(anything, fc.constantFrom(...schema.enum))
  const either = schema.anyOf ?? schema.oneOf
  if (either) return fc.oneof(...either.map(of))
  if (schema.allOf)
    return fc.tuple(...schema.allOf.map(of)).map((parts) => Object.assign({}, ...(parts as object[])) as unknown)
  switch (schema['type']) {
    case 'object':
      return rarely(anything, objectFor(schema, of))
    case 'array': {
      const parts = schema.prefixItems
        ? fc.tuple(...schema.prefixItems.map(of))
        : fc.array(of(schema.items ?? {}), { maxLength: Math.min(Number(schema['maxItems'] ?? 3), 3) })
      return rarely(anything, parts)
    }
    case 'integer': {
      const min = Math.max(Number(schema['minimum'] ?? -5), Number.MIN_SAFE_INTEGER)
      const max = Math.min(Number(schema['maximum'] ?? 100_000), Number.MAX_SAFE_INTEGER)
      const edges = fc.constantFrom(min, max, 0, 1, -1, 2_147_483_648, Number.MAX_SAFE_INTEGER, 0.5)
      return fc.oneof({ arbitrary: fc.integer({ min, max: Math.max(min, max) }), weight: 5 }, edges)
    }
    case 'number':
      return fc.oneof(fc.integer({ min: -5, max: 1000 }), fc.constantFrom(0.1, 1e21, -0, 1e-9, 97.95))
    case 'boolean':
      return rarely(anything, fc.boolean())
    case 'null':
      return fc.constant(null)
    case 'string':
      return rarely(anything, textFor(schema, words))
    default:
      return anything
  }
}

function objectFor(schema: Schema, of: (part: Schema) => Arbitrary<unknown>): Arbitrary<unknown> {
  const { properties = {}, required = [], additionalProperties } = schema
  const known = Object.fromEntries(Object.entries(properties).map(([name, part]) => [name, of(part)]))
  const optional = Object.keys(known).filter((name) => !required.includes(name))
  const record = fc.record(known, { requiredKeys: Object.keys(known).filter((name) => !optional.includes(name)) })
  if (typeof additionalProperties !== 'object' || Object.keys(additionalProperties).length === 0) return record
  const more = fc.dictionary(fc.constantFrom('a', 'en', 'de', 'p1', '__proto__'), of(additionalProperties), {
    maxKeys: 2,
  })
  return fc.tuple(record, more).map(([one, other]) => ({ ...one, ...other }))
}

function schemaOf(schema: z.ZodType | undefined): Schema {
  return schema === undefined ? {} : (z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' }) as Schema)
}

/** Requests to an endpoint. @param words Ids and names of what there is, for wherever a text goes. */
export function requestsTo(endpoint: Endpoint, words: readonly string[]): Arbitrary<FuzzRequest> {
  const word = fc.constantFrom(...words)
  const arbitraryOf = (schema: z.ZodType | undefined) => {
    const known = schemaOf(schema)
    return schema === undefined ? fc.constant(undefined) : valueFor(known, word, known.$defs)
  }
  const params = [...endpoint.path.matchAll(/:(\w+)/g)].map(([, name]) => name!)
  const known = schemaOf(endpoint.params)
  const values = params.map((name) =>
    known.properties?.[name]?.enum || known.properties?.[name]?.['type'] === 'integer'
      ? valueFor(known.properties[name], word, known.$defs)
      : fc.oneof({ arbitrary: word, weight: 12 }, nasty),
  )
  const version = fc.constantFrom('"1"', '"1"', '"2"', 'W/"3"', '"x"', '')
  return fc
    .tuple(fc.tuple(...values), arbitraryOf(endpoint.query), arbitraryOf(endpoint.body), version)
    .map(([filled, query, body, match]) => ({
      path: `${params.reduce((path, name, index) => path.replace(`:${name}`, encoded(filled[index])), endpoint.path as string)}${searchOf(query)}`,
      body,
      headers: { ...(match !== '' && { 'if-match': match }) },
    }))
}

/** Halves of characters cannot stand in an address. */
function encoded(value: unknown): string {
  return encodeURIComponent(String(value).toWellFormed()) || '-'
}

function searchOf(query: unknown): string {
  if (typeof query !== 'object' || query === null) return ''
  const parts = Object.entries(query as Record<string, unknown>).flatMap(([name, value]) =>
    [value].flat().map((each) => `${encoded(name)}=${encoded(each)}`),
  )
  return parts.length > 0 ? `?${parts.join('&')}` : ''
}
