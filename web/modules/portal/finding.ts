import * as api from '#api/portal'
import { call } from '#web/http/call.ts'

/** Who is away for longer did not look for it all the time. */
const MOST_SECONDS = 3600

/** When somebody came to the portal's first page and has not ordered or reported anything since; kept nowhere but here. */
let cameAt: number | null = null

export function cameToPortal(): void {
  cameAt ??= performance.now()
}

/** Counts how long it took until something was ordered or reported. Nobody waits for it. */
export function foundInPortal(): void {
  if (cameAt === null) return
  const seconds = Math.round((performance.now() - cameAt) / 1000)
  cameAt = null
  if (seconds <= MOST_SECONDS) void call(api.countFind, { body: { seconds } }).catch(() => undefined)
}
