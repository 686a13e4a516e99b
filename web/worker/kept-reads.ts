/** Answers of the server that can be read again without a network. */
export const READ_CACHE = 'plumbline-reads'

// Beside the answers, so that they outlive the worker, and go with them. `theme.js` says them, too.
export const OWNER = '/kept-reads/owner'
export const IN_DOUBT = '/kept-reads/in-doubt'

/** Told to a page that was opened from what is kept, when the server has a newer one. */
export const OUTDATED = 'plumbline-outdated'

/** Says who is signed in. */
export const PERSON_PATH = '/api/v1/session'

/** Of one's own security nothing is kept, nor what is a file. */
const NEVER = /^\/api\/v1\/(?:sessions|tokens|two-factor|one-time-links|invitations|sign-in|events|backups?|health)\b/

/** A larger answer is not for a phone. */
const LARGEST = 2_000_000

/** Whether an answer is kept: JSON that the server gave to a reader. */
export function isKept(address: string, response: Pick<Response, 'status' | 'headers'>): boolean {
  if (response.status !== 200 || NEVER.test(new URL(address).pathname)) return false
  if (!response.headers.get('content-type')?.startsWith('application/json')) return false
  return Number(response.headers.get('content-length') ?? 0) <= LARGEST
}

/** Whether a write to `path` may be followed by another person, or nobody. */
export function mayHaveChangedOwner(path: string): boolean {
  return /^\/api\/v1\/(?:sign-in(?:\/.*)?|sign-out|set-up|invitations\/accept|password-reset)$/.test(path)
}
