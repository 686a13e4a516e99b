import type { Readable } from 'node:stream'
import type { FastifyReply } from 'fastify'
import { z } from 'zod'
import type { Endpoint } from '#core/endpoint.ts'

/** A file as an answer, for endpoints with `bytes: 'reply'`. */
export interface FileReply {
  readonly file: Buffer | Readable
  readonly type: string
  /** The name it is saved under; without one it is shown. */
  readonly name?: string
}

/** Server-sent events: a reply without an end of its own. */
export const EVENTS = 'text/event-stream'

/** What is answered: its status, and what goes out as JSON or as a file. */
export interface EncodedReply {
  readonly status: number
  readonly body: unknown
}

/** What a handler gave back, as the endpoint describes it. */
export function encoded(endpoint: Endpoint, result: unknown): EncodedReply {
  const status = endpoint.status ?? 200
  return { status, body: endpoint.bytes === 'reply' || status === 204 ? result : z.encode(endpoint.reply, result) }
}

export function send(endpoint: Endpoint, reply: FastifyReply, result: unknown): FastifyReply {
  return sendEncoded(endpoint, reply, encoded(endpoint, result))
}

export function sendEncoded(endpoint: Endpoint, reply: FastifyReply, { status, body }: EncodedReply): FastifyReply {
  if (reply.sent) return reply
  if (endpoint.bytes === 'reply') {
    const { file, type, name } = body as FileReply
    if (name !== undefined) {
      reply.header(
        'content-disposition',
        `attachment; filename*=UTF-8''${encodeURIComponent(name).replaceAll("'", '%27')}`,
      )
    }
    // It ends with its connection: marking off each piece would cost as much again as sending it.
    if (type === EVENTS) reply.raw.removeHeader('transfer-encoding')
    return reply.code(status).type(type).send(file)
  }
  const version = (body as { version?: unknown } | null)?.version
  if (typeof version === 'number') reply.header('etag', `"${version}"`)
  return reply.code(status).send(status === 204 ? undefined : body)
}
