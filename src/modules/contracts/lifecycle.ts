import type { Lifecycle } from '#core/lifecycle.ts'

export const contractStates = [
  'pipeline',
  'signed',
  'transition',
  'live',
  'in-renewal',
  'extended',
  'exiting',
  'expired',
  'terminated',
] as const
export type ContractState = (typeof contractStates)[number]

/** DOMAIN §2.5.1. */
export const contractLifecycle: Lifecycle<ContractState, string> = {
  pipeline: { sign: 'signed' },
  signed: { begin: 'transition', 'go-live': 'live' },
  transition: { 'go-live': 'live', terminate: 'terminated' },
  live: { renew: 'in-renewal', exit: 'exiting', terminate: 'terminated' },
  'in-renewal': { extend: 'extended', stay: 'live', exit: 'exiting' },
  extended: { renew: 'in-renewal', exit: 'exiting', terminate: 'terminated' },
  exiting: { expire: 'expired', terminate: 'terminated' },
  expired: {},
  terminated: {},
}

export const chargeStates = ['draft', 'reviewed', 'agreed', 'disputed', 'invoiced', 'paid'] as const
export type ChargeState = (typeof chargeStates)[number]

/** A month's charges go together, from what was reckoned to what was agreed; what is disputed comes back to review. */
export const chargeLifecycle: Lifecycle<ChargeState, string> = {
  draft: { review: 'reviewed' },
  reviewed: { agree: 'agreed', dispute: 'disputed', back: 'draft' },
  disputed: { settle: 'reviewed', agree: 'agreed', back: 'draft' },
  agreed: { invoice: 'invoiced' },
  invoiced: { pay: 'paid' },
  paid: {},
}

export const dueOutcomes = ['fulfilled', 'waived', 'breached'] as const
export type DueOutcome = (typeof dueOutcomes)[number]

export const dueStates = ['upcoming', 'due', 'late', ...dueOutcomes] as const
export type DueState = (typeof dueStates)[number]
