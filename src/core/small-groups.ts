/** Fewer answers than this are an opinion of somebody who can be found out (DOMAIN §5.5). */
export const OPINION_MINIMUM = 5
/** Where the law on employees is stricter. */
export const PERFORMANCE_MINIMUM = 8

export interface Group {
  readonly key: string
  /** People or answers in it. */
  readonly size: number
}

export interface Shown {
  /** Groups that may be told apart; those of nobody are always among them, for they tell of nobody. */
  readonly shown: ReadonlySet<string>
  readonly hidden: ReadonlySet<string>
  /** Whether all of them together may be told. */
  readonly total: boolean
}

/**
 * Which groups may be shown beside their sum. Hidden are those under the minimum, and with them the next smallest until
 * nobody can reckon them from the sum: at least two are hidden, and together they are at least the minimum.
 *
 * @param also Hidden in any case: beside others of another kind they could be reckoned.
 */
export function shownGroups(
  groups: readonly Group[],
  minimum: number,
  also: ReadonlySet<string> = new Set<string>(),
): Shown {
  const peopled = groups.filter(({ size }) => size > 0).toSorted((one, other) => one.size - other.size)
  const total = peopled.reduce((sum, { size }) => sum + size, 0)
  const forced = peopled.filter(({ key }) => also.has(key))
  const hidden = new Set(forced.map(({ key }) => key))
  let together = forced.reduce((sum, { size }) => sum + size, 0)
  for (const { key, size } of peopled) {
    if (hidden.has(key)) continue
    const enough = hidden.size === 0 ? size >= minimum : size >= minimum && hidden.size >= 2 && together >= minimum
    if (enough) break
    hidden.add(key)
    together += size
  }
  const shown = new Set(groups.map(({ key }) => key).filter((key) => !hidden.has(key)))
  return { shown, hidden, total: total === 0 || total >= minimum }
}
