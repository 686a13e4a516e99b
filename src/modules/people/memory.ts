import type { Actor } from '#platform/context.ts'
import { onAccessChanged } from '#platform/access-change.ts'

/** For so long at most: should word of a change get lost, what changed holds after this time. */
const KEPT_MS = 10_000
const KEPT_AT_MOST = 5000

interface Kept {
  readonly actor: Actor
  readonly until: number
  readonly ears: object
}

/** Who showed which secret a moment ago, by its fingerprint, so that a page's further requests need not be looked up. */
export interface CallerMemory {
  readonly of: (print: string, now: Date) => Actor | null
  /** To be asked for before somebody is looked up; keeps what was found, unless anything changed meanwhile. */
  readonly keeper: () => (
    print: string,
    actor: Actor,
    bounds: { readonly now: Date; readonly until: Date | null },
  ) => void
}

/**
 * @param ears What this process hears with of changes that others make: the same for as long as nothing can have been
 *   missed, null while it hears nothing. Then nobody is remembered.
 */
export function callerMemory(ears: () => object | null): CallerMemory {
  const kept = new Map<string, Kept>()
  let changes = 0
  onAccessChanged(() => {
    changes += 1
    kept.clear()
  })
  return {
    of: (print, now) => {
      const found = kept.get(print)
      if (found === undefined) return null
      if (found.until > now.getTime() && found.ears === ears()) return found.actor
      kept.delete(print)
      return null
    },
    keeper: () => {
      const [before, hearing] = [changes, ears()]
      return (print, actor, { now, until }) => {
        if (hearing === null || hearing !== ears() || before !== changes) return
        if (kept.size >= KEPT_AT_MOST) kept.delete(kept.keys().next().value!)
        const longest = now.getTime() + KEPT_MS
        kept.set(print, { actor, until: Math.min(longest, until?.getTime() ?? longest), ears: hearing })
      }
    },
  }
}
