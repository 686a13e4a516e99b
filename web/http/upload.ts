import { z } from 'zod'
import type { Endpoint, ReplyOf } from '#core/endpoint.ts'
import { CallFailure, failureOf } from '#web/http/call-failure.ts'
import { headersOf, type Sent, urlOf } from '#web/http/call.ts'
import { signInAgain } from '#web/http/session-end.ts'

export interface UploadOptions {
  /** How much of the file has left, 0 to 1. */
  readonly onProgress?: (share: number) => void
  readonly signal?: AbortSignal
}

interface Answer {
  readonly status: number
  readonly text: string
  readonly retryAfter: string | null
}

/** Sends a file to an endpoint with `bytes: 'body'`. Not by `fetch`, which cannot say how far it is. */
export async function upload<E extends Endpoint>(
  endpoint: E,
  request: Omit<Sent<E>, 'body' | 'key'>,
  file: Blob,
  options: UploadOptions = {},
): Promise<ReplyOf<E>> {
  const { match } = request as { match?: number }
  const url = urlOf(endpoint, request as Omit<Sent<E>, 'body' | 'match' | 'key'>)
  let answer = await sent(endpoint.method, url, headersOf(match), file, options)
  if (answer.status === 401 && (await signInAgain()))
    answer = await sent(endpoint.method, url, headersOf(match), file, options)
  const body = parsed(answer)
  if (answer.status >= 400) throw failureOf(answer.status, body, answer.retryAfter)
  const read = z.safeDecode(endpoint.reply, body)
  if (!read.success) throw new CallFailure({ status: answer.status, code: 'outdated', message: '' })
  return read.data as ReplyOf<E>
}

function sent(
  method: string,
  url: string,
  headers: Record<string, string>,
  file: Blob,
  options: UploadOptions,
): Promise<Answer> {
  const { onProgress, signal } = options
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest()
    request.open(method, url)
    for (const [name, value] of Object.entries(headers)) request.setRequestHeader(name, value)
    request.setRequestHeader('content-type', 'application/octet-stream')
    request.upload.addEventListener('progress', ({ loaded, total }) => onProgress?.(total > 0 ? loaded / total : 0))
    request.addEventListener('load', () => {
      resolve({
        status: request.status,
        text: request.responseText,
        retryAfter: request.getResponseHeader('retry-after'),
      })
    })
    request.addEventListener('error', () => reject(new CallFailure({ status: 0, code: 'unreachable', message: '' })))
    request.addEventListener('abort', () => reject(signal?.reason as Error))
    signal?.addEventListener('abort', () => request.abort(), { once: true })
    request.send(file)
  })
}

function parsed({ status, text }: Answer): unknown {
  try {
    return JSON.parse(text)
  } catch {
    throw new CallFailure({ status, code: 'unreadable', message: '' })
  }
}
