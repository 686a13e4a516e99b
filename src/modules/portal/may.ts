import type { Asker, Reason } from '#core/may.ts'

/** Reports and answers: a customer's people, each in their own name. The provider's people log incidents. */
export function barredFromReporting({ personId, access, roles }: Asker): Reason | null {
  if (personId === null) return 'may.sign-in'
  const may = access === 'customer' && (roles.has('requester') || roles.has('customer-stakeholder'))
  return may ? null : 'may.reporters'
}
