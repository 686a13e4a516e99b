/** A number that does not round: whole numerator over a positive whole denominator, shortened. */
export interface Rational {
  readonly numerator: bigint
  readonly denominator: bigint
}

/** Throws a `RangeError` when there is nothing to divide by. */
export function rational(numerator: bigint | number, denominator: bigint | number = 1): Rational {
  const [top, bottom] = [BigInt(numerator), BigInt(denominator)]
  if (bottom === 0n) throw new RangeError('Nothing divides by zero.')
  const divisor = (bottom < 0n ? -1n : 1n) * commonDivisor(top, bottom)
  return { numerator: top / divisor, denominator: bottom / divisor }
}

export function plus(one: Rational, other: Rational): Rational {
  const top = one.numerator * other.denominator + other.numerator * one.denominator
  return rational(top, one.denominator * other.denominator)
}

export function times(one: Rational, other: Rational): Rational {
  return rational(one.numerator * other.numerator, one.denominator * other.denominator)
}

/** Throws a `RangeError` when the other is zero. */
export function over(one: Rational, other: Rational): Rational {
  return rational(one.numerator * other.denominator, one.denominator * other.numerator)
}

export function minus(one: Rational, other: Rational): Rational {
  return plus(one, { numerator: -other.numerator, denominator: other.denominator })
}

/** Negative, zero or positive, as the first is less than, equal to or more than the other. */
export function compared(one: Rational, other: Rational): number {
  const difference = one.numerator * other.denominator - other.numerator * one.denominator
  if (difference === 0n) return 0
  return difference < 0n ? -1 : 1
}

/** With so many decimals, half away from zero: 0.125 is 0.13 with two. */
export function rounded({ numerator, denominator }: Rational, decimals: number): number {
  const scale = 10n ** BigInt(decimals)
  const size = (numerator < 0n ? -numerator : numerator) * scale
  const units = (size * 2n + denominator) / (2n * denominator)
  return Number(numerator < 0n ? -units : units) / Number(scale)
}

function commonDivisor(one: bigint, other: bigint): bigint {
  let [a, b] = [one < 0n ? -one : one, other < 0n ? -other : other]
  while (b !== 0n) [a, b] = [b, a % b]
  return a
}
