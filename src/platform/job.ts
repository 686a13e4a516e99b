import type { z } from 'zod'

/** A kind of background work: its name in the queue and the shape of its payload. */
export interface Job<Payload> {
  readonly name: string
  readonly payload: z.ZodType<Payload>
  /** How often it is tried again after a failure, with growing delays. */
  readonly retries: number
  /** Of a job that listens to what happens: whether it has anything to do with facts of a kind now; with all unless given. */
  readonly wants?: (kind: string) => boolean
}

export function job<Payload>(
  name: string,
  payload: z.ZodType<Payload>,
  { retries = 3, wants }: { readonly retries?: number; readonly wants?: Job<Payload>['wants'] } = {},
): Job<Payload> {
  return { name, payload, retries, ...(wants && { wants }) }
}
