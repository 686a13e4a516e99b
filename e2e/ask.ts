import { expect, inject } from 'vitest'

export interface Identified {
  readonly id: string
}

export async function call<T>(method: string, path: string, body?: string, type = 'application/json'): Promise<T> {
  const { url, token } = inject('program')
  const headers = { authorization: `Bearer ${token}`, ...(body !== undefined && { 'content-type': type }) }
  const reply = await fetch(`${url}/api/v1${path}`, { method, headers, ...(body !== undefined && { body }) })
  expect(reply.ok, `${method} ${path} answered ${reply.status}`).toBe(true)
  return (await reply.json()) as T
}

export async function firstOf(path: string): Promise<string> {
  return (await call<{ items: Identified[] }>('GET', path)).items[0]!.id
}
