import type { Lifecycle } from '#core/lifecycle.ts'

export const renewalStates = ['watch', 'prepare', 'proposed', 'negotiate', 'signed', 'lost', 'lapsed'] as const
export type RenewalState = (typeof renewalStates)[number]

/** DOMAIN §2.5.7. Until it was proposed it may go by; afterwards it is won, lost, or goes by unanswered. */
export const renewalLifecycle: Lifecycle<RenewalState, string> = {
  watch: { prepare: 'prepare', lapse: 'lapsed' },
  prepare: { propose: 'proposed', lose: 'lost', lapse: 'lapsed' },
  proposed: { negotiate: 'negotiate', sign: 'signed', lose: 'lost', lapse: 'lapsed' },
  negotiate: { propose: 'proposed', sign: 'signed', lose: 'lost', lapse: 'lapsed' },
  signed: {},
  lost: {},
  lapsed: {},
}

export const opportunityStates = ['idea', 'qualified', 'shaped', 'proposed', 'won', 'lost', 'deferred'] as const
export type OpportunityState = (typeof opportunityStates)[number]

/** DOMAIN §2.5.7. What was put off comes back as an idea that was qualified once. */
export const opportunityLifecycle: Lifecycle<OpportunityState, string> = {
  idea: { qualify: 'qualified', defer: 'deferred', lose: 'lost' },
  qualified: { shape: 'shaped', defer: 'deferred', lose: 'lost' },
  shaped: { propose: 'proposed', defer: 'deferred', lose: 'lost' },
  proposed: { win: 'won', defer: 'deferred', lose: 'lost' },
  won: {},
  lost: {},
  deferred: { 'take-up': 'qualified', lose: 'lost' },
}

export const courses = ['extend', 'renegotiate', 'retender', 'exit'] as const

/** Why something was won, lost or went by. */
export const reasons = [
  'price',
  'service',
  'relationship',
  'scope',
  'competitor',
  'insourcing',
  'budget',
  'timing',
  'other',
] as const
