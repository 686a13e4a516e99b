import { partOf } from '#core/money.ts'

/** How prices follow an index (DOMAIN §3.9). Index readings are in thousandths: 128.6 is 128,600. */
export interface IndexationTerms {
  /** The share of the price that follows, in basis points; the rest stays. */
  readonly indexableBp: number
  /** By how much it may rise and fall at most, in basis points; null: without limit. */
  readonly capBp: number | null
  readonly floorBp: number | null
  /** A falling index leaves the last price as it is. */
  readonly neverBelowLast: boolean
}

export interface Indexed {
  readonly newMinor: number
  /** The change that was applied to the whole price, as a fraction of the old one. */
  readonly limited: 'cap' | 'floor' | 'last-price' | null
}

/**
 * The new price by `new = old × index / base`, limited by cap and floor. Rounded once, at the end.
 *
 * Throws a `RangeError` when the base is not above zero: an index that was set anew has to be chained first.
 */
export function indexed(oldMinor: number, base: number, current: number, terms: IndexationTerms): Indexed {
  if (base <= 0 || current <= 0) throw new RangeError('An index is above zero.')
  const { indexableBp, capBp, floorBp, neverBelowLast } = terms
  const apply = (top: bigint, bottom: bigint): number => {
    const following = BigInt(indexableBp) * top
    const staying = BigInt(10_000 - indexableBp) * bottom
    return partOf(oldMinor, following + staying, 10_000n * bottom)
  }
  const rise = BigInt(current - base) * 10_000n
  if (neverBelowLast && current < base) return { newMinor: oldMinor, limited: 'last-price' }
  if (capBp !== null && rise > BigInt(capBp) * BigInt(base))
    return { newMinor: apply(10_000n + BigInt(capBp), 10_000n), limited: 'cap' }
  if (floorBp !== null && rise < BigInt(floorBp) * BigInt(base))
    return { newMinor: apply(10_000n + BigInt(floorBp), 10_000n), limited: 'floor' }
  return { newMinor: apply(BigInt(current), BigInt(base)), limited: null }
}

/** A price that rises by the same share each year, rounded once at the end. */
export function compounded(oldMinor: number, yearlyBp: number, years: number): number {
  return partOf(oldMinor, BigInt(10_000 + yearlyBp) ** BigInt(years), 10_000n ** BigInt(years))
}

/** Between two series of an index, where one was set anew: the old base in terms of the new series. */
export function rebased(base: number, oldAtLink: number, newAtLink: number): number {
  return partOf(base, newAtLink, oldAtLink)
}
