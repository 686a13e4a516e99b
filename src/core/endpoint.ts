import { z } from 'zod'

/** Who may call an operation at all; what they may do there is the module's `may.ts`. */
export type Audience =
  /** Anyone, signed in or not. */
  | 'everybody'
  /** Whoever is signed in, also a customer's people: the rows decide what they see. */
  | 'signed-in'
  /** The provider's own people. */
  | 'provider'

/** One HTTP operation, as server, browser, tests and the OpenAPI description see it. */
export interface Endpoint {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'
  /** Below `/api/v1`. Parameters are written as `:name`. */
  readonly path: `/${string}`
  /** One sentence for the API's documentation. */
  readonly summary: string
  readonly audience: Audience
  readonly params?: z.ZodType
  readonly query?: z.ZodType
  readonly body?: z.ZodType
  readonly reply: z.ZodType
  /** 200 unless said. */
  readonly status?: 200 | 201 | 202 | 204
  /** A write to an existing thing: needs `If-Match` with the version that was read. */
  readonly match?: boolean
  /** The body or the reply is a file: bytes, not JSON. */
  readonly bytes?: 'body' | 'reply'
  /** Does its own transactions, because it streams or outlives one. */
  readonly ownTransaction?: boolean
  /** A report: may be answered from a copy of the database that is some seconds behind, where there is one. */
  readonly lagging?: boolean
  /** Done for nobody, whoever is signed in: nothing of it is kept with who asked, also not under an Idempotency-Key. */
  readonly unnamed?: boolean
}

export function endpoint<const E extends Endpoint>(definition: E): E {
  return definition
}

type Value<S> = S extends z.ZodType ? z.output<S> : undefined

/** What a request carries. The same on both sides: JSON exists only on the wire. */
export interface RequestOf<E extends Endpoint> {
  readonly params: Value<E['params']>
  readonly query: Value<E['query']>
  readonly body: Value<E['body']>
}

export type ReplyOf<E extends Endpoint> = z.output<E['reply']>

/** An instant: a `Date` in code, ISO 8601 on the wire, with an offset or `Z`; answered in UTC. */
export const instant = z
  .codec(z.iso.datetime({ offset: true }), z.date(), {
    decode: (text) => new Date(text),
    encode: (date) => date.toISOString(),
  })
  .meta({ description: 'An instant, ISO 8601' })

/** A local date, `YYYY-MM-DD`. */
export const localDate = z.iso.date()

export const monthForm = /^\d{4}-(0[1-9]|1[0-2])$/

/** A month, `YYYY-MM`. */
export const month = z.string().regex(monthForm)

/** Which one is meant by a path that ends in `:id`. */
export const byId = z.object({ id: z.uuid() })

/** A thing that is mentioned: enough to show it and to go to it. */
export const named = z.object({ id: z.uuid(), name: z.string() })

/** The page of a list that is asked for: how many, and after which; `cursor` is what the page before gave. */
export const page = {
  limit: z.coerce.number().int().min(1).max(200).default(50),
  cursor: z.string().max(500).optional(),
}

/** A page of a list. Without `nextCursor` it is the last one. */
export function pageOf<Item extends z.ZodType>(item: Item) {
  return z.object({ items: z.array(item), nextCursor: z.string().nullable() })
}
