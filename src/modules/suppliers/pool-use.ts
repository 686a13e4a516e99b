import type { Ratio } from '#core/attainment.ts'

export interface Called {
  readonly quantity: number
  readonly delivered: number | null
  readonly accepted: number | null
}

/** What became of a pool's capacity in a month, in its units. */
export interface PoolUse {
  readonly committed: number
  readonly ordered: number
  readonly delivered: number
  readonly accepted: number
  /** Ordered and not accepted, of what was looked at already. */
  readonly short: number
  /** Ordered of committed; above one where the flexible share was used. */
  readonly used: Ratio
  /** Accepted of ordered, of what was looked at already; null: nothing was. */
  readonly filled: Ratio | null
}

/** Sums of the call-offs of one month. What was not looked at yet is neither filled nor short. */
export function poolUse(committed: number, orders: readonly Called[]): PoolUse {
  const sum = (of: readonly Called[], value: (each: Called) => number) =>
    of.reduce((total, each) => total + value(each), 0)
  const looked = orders.filter(({ accepted }) => accepted !== null)
  const [ordered, asked] = [sum(orders, ({ quantity }) => quantity), sum(looked, ({ quantity }) => quantity)]
  const accepted = sum(looked, (each) => each.accepted ?? 0)
  return {
    committed,
    ordered,
    delivered: sum(orders, (each) => each.delivered ?? 0),
    accepted,
    short: asked - accepted,
    used: { numerator: ordered, denominator: committed },
    filled: asked === 0 ? null : { numerator: accepted, denominator: asked },
  }
}

/** The most that may be called off in a month: what was committed and the flexible share of it, rounded down. */
export function mostOf({ committed, flexBp }: { readonly committed: number; readonly flexBp: number }): number {
  return committed + Math.floor((committed * flexBp) / 10_000)
}
