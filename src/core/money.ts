/** An amount in the smallest unit of its currency (cents of a euro), always whole; negative where it is owed the other way. */
export interface Money {
  readonly amountMinor: number
  readonly currency: string
}

/** What becomes of half of the smallest unit: away from zero, or to the even neighbour (bankers’). */
export type MoneyRounding = 'half-up' | 'half-even'

/**
 * `amountMinor × numerator / denominator`, rounded once to the smallest unit.
 *
 * Throws a `RangeError` when there is nothing to divide by, or when the result is beyond what is exact (90 billion of a
 * currency with two decimals, a thousand times).
 */
export function partOf(
  amountMinor: number,
  numerator: number | bigint,
  denominator: number | bigint,
  rounding: MoneyRounding = 'half-up',
): number {
  let [top, bottom] = [BigInt(amountMinor) * BigInt(numerator), BigInt(denominator)]
  if (bottom === 0n) throw new RangeError('Nothing divides by zero.')
  if (bottom < 0n) [top, bottom] = [-top, -bottom]
  const size = top < 0n ? -top : top
  const [whole, twice] = [size / bottom, (size % bottom) * 2n]
  const up = twice > bottom || (twice === bottom && (rounding === 'half-up' || whole % 2n === 1n))
  const result = Number(top < 0n ? -(whole + (up ? 1n : 0n)) : whole + (up ? 1n : 0n))
  if (!Number.isSafeInteger(result)) throw new RangeError('More money than can be counted exactly.')
  return result === 0 ? 0 : result
}

/** Basis points of an amount: 1200 of them are 12 %. */
export function basisPointsOf(amountMinor: number, basisPoints: number, rounding: MoneyRounding = 'half-up'): number {
  return partOf(amountMinor, basisPoints, 10_000, rounding)
}

/** All of them together. Throws a `RangeError` where currencies are mixed: what is converted is converted at posting. */
export function sumOf(amounts: readonly Money[], currency: string): Money {
  let amountMinor = 0
  for (const each of amounts) {
    if (each.currency !== currency) throw new RangeError(`${each.currency} is not ${currency}.`)
    amountMinor += each.amountMinor
  }
  return { amountMinor, currency }
}

/**
 * Splits an amount by weights so that the parts are whole and their sum is the amount: what rounding down leaves goes, unit
 * by unit, to the largest remainders, the earlier of equal ones first. 100.00 in three is 33.34, 33.33, 33.33.
 *
 * @param weights Whole, none below zero. Where all are zero each has the same.
 */
export function allocated(amountMinor: number, weights: readonly number[]): readonly number[] {
  if (weights.length === 0) {
    if (amountMinor !== 0) throw new RangeError('Nobody is there to have it.')
    return []
  }
  if (weights.some((weight) => !Number.isSafeInteger(weight) || weight < 0))
    throw new RangeError('A weight below zero.')
  const total = weights.reduce((sum, weight) => sum + BigInt(weight), 0n)
  const shares = total === 0n ? weights.map(() => 1n) : weights.map(BigInt)
  const of = total === 0n ? BigInt(weights.length) : total
  const size = BigInt(Math.abs(amountMinor))
  const parts = shares.map((share) => Number((size * share) / of))
  let left = Math.abs(amountMinor) - parts.reduce((sum, part) => sum + part, 0)
  const byRemainder = shares
    .map((share, index) => ({ index, remainder: (size * share) % of }))
    .toSorted((one, other) =>
      one.remainder === other.remainder ? one.index - other.index : one.remainder > other.remainder ? -1 : 1,
    )
  for (const { index } of byRemainder) {
    if (left === 0) break
    parts[index]! += 1
    left -= 1
  }
  return amountMinor < 0 ? parts.map((part) => (part === 0 ? 0 : -part)) : parts
}
