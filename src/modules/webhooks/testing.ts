import { createServer, type IncomingHttpHeaders } from 'node:http'
import type { AddressInfo } from 'node:net'
import { expect, onTestFinished } from 'vitest'
import type { Actor } from '#platform/context.ts'
import type { TestWorld } from '../../testing.ts'

export interface Got {
  readonly headers: IncomingHttpHeaders
  readonly body: string
}

/** Somebody who is told, and answers as it is set. */
export async function receiver() {
  const got: Got[] = []
  const answer = { status: 200 }
  const server = createServer((request, reply) => {
    let body = ''
    request.setEncoding('utf8').on('data', (part) => (body += String(part)))
    request.on('end', () => {
      got.push({ headers: request.headers, body })
      reply.writeHead(answer.status).end('said')
    })
  })
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening))
  onTestFinished(() => server.close().closeAllConnections())
  return { got, answer, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/in` }
}

/** Mia, who manages: all customers, or one. What is told follows from what she sees. */
export async function employ(
  { pool }: TestWorld['database'],
  { personId }: Actor,
  customerId: string | null = null,
): Promise<void> {
  const { rows } = await pool.query(
    `with p as (insert into person (id, name) values ($1, 'Mia') returning id)
     insert into role_assignment (id, person_id, role, customer_id, valid_from)
     select gen_random_uuid(), id, 'service-manager', $2, '2026-01-01' from p returning person_id as id`,
    [personId, customerId],
  )
  expect(rows).toHaveLength(1)
}

/** Lets calls go out to networks that are closed otherwise. */
export function allowing(call: TestWorld['call']) {
  return async (outgoingNetworks: readonly string[]) => {
    const { headers } = await call('GET', '/settings')
    return call('PATCH', '/settings', { outgoingNetworks }, { headers: { 'if-match': String(headers['etag']) } })
  }
}
