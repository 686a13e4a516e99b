import { type Asker, barredFromWorking, type Reason } from '#core/may.ts'

/** Makes actions and asks for decisions, and moves them on. */
export function barredFromActing(asker: Asker): Reason | null {
  return barredFromWorking(asker)
}

/** Says that an action is done: anybody who works, but not whoever owns it. */
export function barredFromVerifying(asker: Asker, { owner }: { readonly owner: { readonly id: string } | null }) {
  const reason: Reason | null = barredFromWorking(asker)
  if (reason !== null) return reason
  return owner !== null && owner.id === asker.personId ? ('may.own-action' satisfies Reason) : null
}
