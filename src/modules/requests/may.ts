import { type Asker, barredFromManaging, barredFromWorking, type Reason } from '#core/may.ts'

/** Orders: a customer's people, each for themselves or for others there, and the desk for them. */
export function barredFromOrdering(asker: Asker): Reason | null {
  const { personId, access, roles } = asker
  if (access !== 'customer') return barredFromWorking(asker)
  if (personId === null) return 'may.sign-in'
  return roles.has('requester') || roles.has('customer-stakeholder') ? null : 'may.orderers'
}

interface Asked {
  readonly by: 'person' | 'customer-stakeholder' | 'service-manager'
  readonly personId: string | null
  /** For whom it is, and who ordered it. */
  readonly of: readonly (string | null)[]
}

/** Decides whether somebody gets what they ordered: whom the rule names, and never for themselves. */
export function barredFromDeciding(asker: Asker, { by, personId, of }: Asked): Reason | null {
  if (asker.personId === null) return 'may.sign-in'
  if (of.includes(asker.personId)) return 'may.own-request'
  if (by === 'person') return personId === asker.personId ? null : 'may.approvers'
  if (by === 'service-manager') return barredFromManaging(asker)
  return asker.access === 'customer' && asker.roles.has('customer-stakeholder') ? null : 'may.approvers'
}

/** Says of what was delivered that it is right or not: whose it is. */
export function barredFromConfirming({ personId }: Asker, of: readonly (string | null)[]): Reason | null {
  return personId !== null && of.includes(personId) ? null : 'may.own-order'
}

/** Sees what rules, fields and hand-offs cost, over all requests in sight. */
export function barredFromAnalysing(asker: Asker): Reason | null {
  return asker.access === 'auditor' ? null : barredFromManaging(asker)
}
