import type { z } from 'zod'

/** A kind of background work: its name in the queue and the shape of its payload. */
export interface Job<Payload> {
  readonly name: string
  readonly payload: z.ZodType<Payload>
  /** How often it is tried again after a failure, with growing delays. */
  readonly retries: number
}

export function job<Payload>(
  name: string,
  payload: z.ZodType<Payload>,
  { retries = 3 }: { readonly retries?: number } = {},
): Job<Payload> {
  return { name, payload, retries }
}
