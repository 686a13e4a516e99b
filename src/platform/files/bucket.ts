import { openAsBlob } from 'node:fs'
import { Readable } from 'node:stream'
import { AwsClient } from 'aws4fetch'
import { Failure } from '#core/failure.ts'
import type { BucketSettings } from '#platform/configuration.ts'

/** A bucket of an S3-compatible store. */
export interface Bucket {
  /** Puts a file of the disk there, whole or not at all; again for a content that is there already. */
  readonly put: (sha256: string, path: string) => Promise<void>
  /** From the first byte on, or only the first ones; null when it is not there. */
  readonly open: (sha256: string, first?: number) => Promise<Readable | null>
  /** When it was put there last; null when it is not there. */
  readonly putAt: (sha256: string) => Promise<Date | null>
  readonly remove: (sha256: string) => Promise<void>
}

/** So long for an answer to begin; how long a content then takes is not limited. */
const ANSWER_MS = 30_000

/**
 * Asks the store as Amazon's S3 is asked, signed, with the bucket in the path. One that cannot be reached or refuses is a
 * failure that says so, and nothing is written.
 */
export function bucketAt({ url, region, key, secret }: BucketSettings): Bucket {
  const client = new AwsClient({ accessKeyId: key, secretAccessKey: secret, service: 's3', region, retries: 0 })
  const addressOf = (sha256: string) => `${url}/${sha256.slice(0, 2)}/${sha256}`

  async function ask(sha256: string, init: RequestInit & { readonly method: string }): Promise<Response> {
    const slow = new AbortController()
    const timer = setTimeout(() => slow.abort(), ANSWER_MS)
    try {
      // What is sent may be long: its time is its own.
      const signal = init.method === 'PUT' ? undefined : slow.signal
      const signed = await client.sign(addressOf(sha256), { method: init.method, headers: init.headers ?? {} })
      const reply = await fetch(signed, { ...init, headers: signed.headers, ...(signal && { signal }) })
      if (reply.ok || reply.status === 404) return reply
      throw away(`${reply.status} ${(await reply.text()).replace(/\s+/g, ' ').slice(0, 200)}`)
    } catch (error) {
      if (error instanceof Failure) throw error
      const { cause, message } = error as Error
      throw away((cause as Error | undefined)?.message ?? message)
    } finally {
      clearTimeout(timer)
    }
  }

  return {
    put: async (sha256, path) => {
      const headers = { 'x-amz-content-sha256': sha256, 'content-type': 'application/octet-stream' }
      const reply = await ask(sha256, { method: 'PUT', headers, body: (await openAsBlob(path)) as never })
      if (reply.status === 404) throw away('404')
      await reply.arrayBuffer()
    },
    open: async (sha256, first) => {
      const headers = first === undefined ? {} : { range: `bytes=0-${first - 1}` }
      const reply = await ask(sha256, { method: 'GET', headers })
      if (reply.status !== 404 && reply.body !== null) return Readable.fromWeb(reply.body)
      await reply.arrayBuffer()
      return null
    },
    putAt: async (sha256) => {
      const reply = await ask(sha256, { method: 'HEAD' })
      return reply.status === 404 ? null : new Date(reply.headers.get('last-modified') ?? Date.now())
    },
    remove: async (sha256) => {
      const reply = await ask(sha256, { method: 'DELETE' })
      await reply.arrayBuffer()
    },
  }
}

function away(detail: string): Failure {
  return new Failure('unavailable', 'file.store-away', { detail })
}
