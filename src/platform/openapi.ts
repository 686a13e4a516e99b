import { z } from 'zod'
import type { Endpoint } from '#core/endpoint.ts'
import { API } from '#platform/http.ts'

type Json = Readonly<Record<string, unknown>>

/** The API in OpenAPI 3.1, made from the endpoints themselves. */
export function openApi(endpoints: readonly Endpoint[], version: string): Json {
  const paths: Record<string, Record<string, Json>> = {}
  for (const endpoint of endpoints) {
    const path = endpoint.path.replace(/:(\w+)/g, '{$1}')
    paths[path] = { ...paths[path], [endpoint.method.toLowerCase()]: operation(endpoint) }
  }
  return {
    openapi: '3.1.0',
    info: {
      title: 'Plumbline',
      version,
      description:
        'Lists: `limit` and `cursor`. Writes to an existing thing: `If-Match`. `Idempotency-Key` on POST. Errors: RFC 9457.',
    },
    servers: [{ url: API }],
    security: [{ bearer: [] }, { session: [] }],
    paths,
    components: {
      securitySchemes: {
        bearer: { type: 'http', scheme: 'bearer' },
        session: { type: 'apiKey', in: 'cookie', name: 'plumbline' },
      },
      schemas: { Problem: problemSchema },
    },
  }
}

const problemSchema: Json = {
  type: 'object',
  required: ['type', 'title', 'status', 'code', 'detail'],
  properties: {
    type: { type: 'string' },
    title: { type: 'string' },
    status: { type: 'integer' },
    code: { type: 'string', description: 'Stable, for programs' },
    detail: { type: 'string', description: 'A sentence in the caller’s language' },
    requestId: { type: 'string' },
    errors: {
      type: 'array',
      items: { type: 'object', properties: { path: { type: 'string' }, message: { type: 'string' } } },
    },
  },
}

function operation(endpoint: Endpoint): Json {
  const { path, method, summary, audience, params, query, body, reply, status = 200, match, bytes } = endpoint
  const tag = path.split('/')[1]!
  const answer = status === 204 ? {} : { content: contentOf(bytes === 'reply' ? null : schemaOf(reply)) }
  return {
    operationId: `${method.toLowerCase()} ${path}`.replace(/[^a-zA-Z]+/g, '-').replace(/^-|-$/g, ''),
    tags: [tag],
    summary,
    'x-audience': audience,
    ...(audience === 'everybody' && { security: [] }),
    parameters: [
      ...parametersOf(params, 'path'),
      ...parametersOf(query, 'query'),
      ...(match ? [header('If-Match', true, 'The ETag that was read')] : []),
      ...(method === 'POST' && !endpoint.ownTransaction
        ? [header('Idempotency-Key', false, 'The same key and request is answered once')]
        : []),
    ],
    ...((body ?? bytes === 'body') && {
      requestBody: { required: true, content: contentOf(bytes === 'body' ? null : schemaOf(body!)) },
    }),
    responses: {
      [status]: { description: summary, ...answer },
      default: {
        description: 'What is wrong, where, and what to do',
        content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
      },
    },
  }
}

function contentOf(schema: Json | null): Json {
  return schema === null ? { 'application/octet-stream': {} } : { 'application/json': { schema } }
}

function header(name: string, required: boolean, description: string): Json {
  return { name, in: 'header', required, description, schema: { type: 'string' } }
}

function parametersOf(schema: z.ZodType | undefined, place: 'path' | 'query'): readonly Json[] {
  if (schema === undefined) return []
  const { properties = {}, required = [] } = schemaOf(schema) as {
    properties?: Record<string, Json>
    required?: string[]
  }
  return Object.entries(properties).map(([name, each]) => ({
    name,
    in: place,
    required: place === 'path' || required.includes(name),
    schema: each,
  }))
}

/** What travels over the wire. A codec's wire form is its input, in both directions. */
function schemaOf(schema: z.ZodType): Json {
  const { $schema: _, ...json } = z.toJSONSchema(schema, {
    io: 'input',
    unrepresentable: 'any',
    target: 'draft-2020-12',
  })
  return json
}
