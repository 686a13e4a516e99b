/** A fact of a record's history, as far as its clocks are concerned. */
export interface CorrectableFact {
  /** Where a correction may speak of it. */
  readonly id?: string
  readonly kind: string
  /** Epoch milliseconds. */
  readonly at: number
  readonly facts: Readonly<Record<string, unknown>>
}

/** What a correction may say otherwise of a fact, besides its moment: why it was waited, and for whom. */
const restated = ['reason', 'side'] as const

/**
 * A history as it is known now, in its order: what a correction says of a fact holds instead of what was recorded first, and
 * the last one that speaks of it.
 *
 * @param correcting The kind of facts that correct others.
 */
export function correctedHistory<Fact extends CorrectableFact>(
  history: readonly Fact[],
  correcting: string,
): readonly Fact[] {
  if (!history.some(({ kind }) => kind === correcting)) return history
  const facts = history.filter(({ kind }) => kind !== correcting)
  for (const { kind, facts: said } of history) {
    const index = kind === correcting ? facts.findIndex(({ id }) => id === said['fact']) : -1
    const fact = facts[index]
    if (fact === undefined) continue
    const { at } = said
    const otherwise = restated.filter((name) => said[name] !== undefined).map((name) => [name, said[name]])
    // When it was has been approved of: that it was told late is of no account any more.
    if (typeof at === 'string') otherwise.push(['countsFrom', undefined])
    facts[index] = {
      ...fact,
      ...(typeof at === 'string' && { at: Date.parse(at) }),
      ...(otherwise.length > 0 && { facts: { ...fact.facts, ...Object.fromEntries(otherwise) } }),
    }
  }
  return facts.toSorted((one, other) => one.at - other.at)
}
