import { Failure } from '#core/failure.ts'

interface Bucket {
  left: number
  at: number
}

/** Callers that are remembered; who was not heard of for longest is forgotten, and begins anew. */
const CALLERS = 20_000

const MINUTE_MS = 60_000

/** Lets a request pass, or throws with how long to wait. */
export type RateLimit = (caller: string, nowMs: number) => void

/**
 * So many requests in a minute for each caller: a minute's worth at once, then evenly. Counted in the memory of this process
 * alone, since it guards the process and is no figure of anybody; so with several processes it is as many times more.
 *
 * @param perMinute Greater than zero.
 */
export function rateLimit(perMinute: number): RateLimit {
  const buckets = new Map<string, Bucket>()
  return (caller, nowMs) => {
    const bucket = buckets.get(caller) ?? { left: perMinute, at: nowMs }
    bucket.left = Math.min(perMinute, bucket.left + (Math.max(0, nowMs - bucket.at) * perMinute) / MINUTE_MS)
    bucket.at = nowMs
    // Put at the end again: the first in the map is the one unheard of for longest.
    buckets.delete(caller)
    buckets.set(caller, bucket)
    if (buckets.size > CALLERS) buckets.delete(buckets.keys().next().value!)
    if (bucket.left < 1) {
      const seconds = Math.ceil(((1 - bucket.left) * MINUTE_MS) / perMinute / 1000)
      throw new Failure('too-many', 'request.too-many', { seconds }, { retryAfterSeconds: seconds })
    }
    bucket.left -= 1
  }
}
