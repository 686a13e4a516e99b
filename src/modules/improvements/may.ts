import { type Asker, barredFromManaging, barredFromWorking, type Reason } from '#core/may.ts'

/** Suggests improvements and works on them. */
export function barredFromImproving(asker: Asker): Reason | null {
  return barredFromWorking(asker)
}

/** Approves one, and says what it costs: who manages. */
export function barredFromApproving(asker: Asker): Reason | null {
  return barredFromManaging(asker)
}

/** Confirms a benefit: who manages, but not whoever owns the improvement. */
export function barredFromConfirming(
  asker: Asker,
  { owner }: { readonly owner: { readonly id: string } | null },
): Reason | null {
  const reason = barredFromManaging(asker)
  if (reason !== null) return reason
  return owner !== null && owner.id === asker.personId ? 'may.own-improvement' : null
}
