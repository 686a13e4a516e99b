import { randomUUID } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import type { World } from './world.ts'

/** So long somebody goes on asking who is not answered. */
const PATIENCE_MS = 180_000
const AGAIN_MS = 100

export interface Answer<T> {
  readonly status: number
  readonly body: T
  /** How often it had to be asked. */
  readonly tries: number
}

/**
 * Asks until there is an answer that says something, always under the same Idempotency-Key, as a client should; through
 * whichever process serves just then.
 *
 * @param headers Beside what each request needs.
 */
export async function ask<T>(
  { token, program }: Pick<World, 'token' | 'program'>,
  method: string,
  path: string,
  body?: object | Buffer,
  headers: Readonly<Record<string, string>> = {},
): Promise<Answer<T>> {
  const isBytes = Buffer.isBuffer(body)
  const end = Date.now() + PATIENCE_MS
  const sent = {
    authorization: `Bearer ${token}`,
    'idempotency-key': randomUUID(),
    ...(body !== undefined && { 'content-type': isBytes ? 'application/octet-stream' : 'application/json' }),
    ...headers,
  }
  for (let tries = 1; ; tries++) {
    const reply = await fetch(`${program('web').url}/api/v1${path}`, {
      method,
      headers: sent,
      ...(body !== undefined && { body: isBytes ? new Uint8Array(body) : JSON.stringify(body) }),
      signal: AbortSignal.timeout(30_000),
    }).catch(() => null)
    // Where the program says that it cannot just now, or says nothing, nobody knows what became of it.
    if (reply !== null && reply.status < 500) {
      const text = await reply.text().catch(() => null)
      if (text !== null) return { status: reply.status, body: (text === '' ? null : JSON.parse(text)) as T, tries }
    }
    if (reply?.status === 500) throw new Error(`${method} ${path} was answered 500: ${await reply.text()}`)
    if (Date.now() > end) throw new Error(`${method} ${path} was not answered within ${PATIENCE_MS / 1000} s`)
    await sleep(AGAIN_MS)
  }
}

/** The same, where nothing but success will do. */
export async function told<T>(
  world: Pick<World, 'token' | 'program'>,
  ...request: readonly [string, string, object?]
): Promise<T> {
  const [method, path, body] = request
  const { status, body: said } = await ask<T>(world, method, path, body)
  if (status >= 300) throw new Error(`${method} ${path} answered ${status}: ${JSON.stringify(said)}`)
  return said
}
