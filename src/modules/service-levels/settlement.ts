/** A clock as far as figures and whoever compares two results are concerned. Moments are ISO 8601. */
export interface Result {
  readonly state: string
  readonly startedAt: string | null
  readonly dueAt: string | null
  readonly stoppedAt: string | null
  readonly targetMs: number
  readonly elapsedMs: number
  readonly excluded: boolean
}

/** What a result counts as in the figures; null when it counts in none. */
type Verdict = 'met' | 'failed' | 'excluded' | null

/** By how much figures move. */
export interface Shift {
  readonly met: number
  readonly failed: number
  readonly excluded: number
}

export function verdictOf(result: Result | null): Verdict {
  return result === null || result.stoppedAt === null ? null : verdictWhenStopped(result)
}

/** The verdict of a clock that has stopped. */
export function verdictWhenStopped({ state, excluded }: Pick<Result, 'state' | 'excluded'>): Verdict {
  if (state !== 'met' && state !== 'breached-stopped') return null
  if (excluded) return 'excluded'
  return state === 'met' ? 'met' : 'failed'
}

export function shiftBetween(before: Result | null, after: Result | null): Shift {
  const [from, to] = [verdictOf(before), verdictOf(after)]
  const by = (verdict: Verdict) => Number(to === verdict) - Number(from === verdict)
  return { met: by('met'), failed: by('failed'), excluded: by('excluded') }
}

/** What becomes of a result that is counted anew. */
export interface Settlement {
  /** The clock becomes what was counted. When not, it stays as it was told. */
  readonly stored: boolean
  /** The locked month (`YYYY-MM`) that this is about, if one is. */
  readonly lockedMonth: string | null
  /** What goes into the open period, since the locked one stays: from what was known last to what is known now. */
  readonly adjustment: { readonly from: Result | null; readonly to: Result | null; readonly by: Shift } | null
}

/** Where nothing is locked: a result is stored as it is counted. */
export const openSettlement: Settlement = { stored: true, lockedMonth: null, adjustment: null }

/**
 * Closed periods do not change (DOMAIN §0.2.2). A result that was told in a locked month stays, and what it would be now
 * becomes an adjustment, once for each time that it comes out differently. Only what runs again is stored in its place:
 * work goes on, and what it was is kept beside. What is new in a locked month is stored, and counts as an adjustment.
 *
 * @param known What the last adjustment of this clock said; undefined when there was none.
 * @param lockedMonthOf The month of a moment when it is locked, else null.
 */
export function settle(
  before: Result | null,
  after: Result | null,
  known: Result | null | undefined,
  lockedMonthOf: (moment: string) => string | null,
): Settlement {
  const lockedMonth = (result: Result | null) => (verdictOf(result) === null ? null : lockedMonthOf(result!.stoppedAt!))
  const toldIn = lockedMonth(before)
  if (toldIn !== null) {
    const stored = after !== null && after.stoppedAt === null
    const from = known === undefined ? before : known
    const adjustment = isSameResult(from, after) ? null : { from, to: after, by: shiftBetween(from, after) }
    return { stored, lockedMonth: toldIn, adjustment }
  }
  const newIn = lockedMonth(after)
  if (newIn === null) return openSettlement
  return { stored: true, lockedMonth: newIn, adjustment: { from: null, to: after, by: shiftBetween(null, after) } }
}

/** Equal for figures and readers. When it would have been due is not: that is kept for what has ended. */
export function isSameResult(one: Result | null, other: Result | null): boolean {
  if (one === null || other === null) return one === other
  return (
    one.state === other.state &&
    one.stoppedAt === other.stoppedAt &&
    one.targetMs === other.targetMs &&
    one.excluded === other.excluded &&
    (one.stoppedAt === null ? one.dueAt === other.dueAt : one.elapsedMs === other.elapsedMs)
  )
}
