import { z } from 'zod'
import type { InputError } from '#core/failure.ts'

/**
 * What the server said instead of yes. `message` is a sentence in the caller's language, fit to show; empty where no server
 * of ours said one. Then `code` is `unreachable` (no answer), `unreadable` (something else answered) or `outdated` (the
 * answer is of another version of the program than this page), and the sentence is `ui.failure.…` of the catalogue.
 */
export class CallFailure extends Error {
  override readonly name = 'CallFailure'
  /** 0 when no answer came. */
  readonly status: number
  readonly code: string
  /** What is wrong with which input; `path` as in the body that was sent: `targets.0.seconds`. */
  readonly errors: readonly InputError[]
  /** By which the server's log knows the request. */
  readonly requestId: string | null
  readonly retryAfterSeconds: number | null

  constructor(said: Said) {
    super(said.message)
    this.status = said.status
    this.code = said.code
    this.errors = said.errors ?? []
    this.requestId = said.requestId ?? null
    this.retryAfterSeconds = said.retryAfterSeconds ?? null
  }
}

interface Said {
  readonly status: number
  readonly code: string
  readonly message: string
  readonly errors?: readonly InputError[] | undefined
  readonly requestId?: string | undefined
  readonly retryAfterSeconds?: number | null
}

const problem = z.object({
  code: z.string(),
  detail: z.string(),
  errors: z.array(z.object({ path: z.string(), message: z.string() })).optional(),
  requestId: z.string().optional(),
})

/** Reads an answer that says no. */
export function failureOf(status: number, body: unknown, retryAfter: string | null): CallFailure {
  const read = problem.safeParse(body)
  if (!read.success) return new CallFailure({ status, code: 'unreadable', message: '' })
  const { code, detail, errors, requestId } = read.data
  const seconds = Number(retryAfter ?? Number.NaN)
  return new CallFailure({
    status,
    code,
    message: detail,
    errors,
    requestId,
    retryAfterSeconds: Number.isFinite(seconds) ? seconds : null,
  })
}
