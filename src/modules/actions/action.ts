import type { Lifecycle } from '#core/lifecycle.ts'

/** DOMAIN §2.7. */
export const actionStates = ['open', 'in-progress', 'done-claimed', 'verified', 'cancelled'] as const
export type ActionState = (typeof actionStates)[number]

export const actionLifecycle: Lifecycle<ActionState, string> = {
  open: { begin: 'in-progress', cancel: 'cancelled' },
  'in-progress': { claim: 'done-claimed', cancel: 'cancelled' },
  // Whoever looks may say that it is not done.
  'done-claimed': { verify: 'verified', return: 'in-progress' },
  verified: {},
  cancelled: {},
}

/** States in which somebody still owes something. */
export const openActionStates: readonly ActionState[] = ['open', 'in-progress', 'done-claimed']

export const actionPriorities = ['high', 'medium', 'low'] as const

/** On whose side who owns it is: of ours, of the customer, of somebody else such as a supplier. */
export const ownerSides = ['provider', 'customer', 'other'] as const

export const decisionStates = ['wanted', 'decided', 'reviewed', 'dropped'] as const
export type DecisionState = (typeof decisionStates)[number]

/** A decision that was made is not made anew: it is looked at again, and another one is asked for. */
export const decisionLifecycle: Lifecycle<DecisionState, string> = {
  wanted: { decide: 'decided', drop: 'dropped' },
  decided: { review: 'reviewed' },
  reviewed: {},
  dropped: {},
}
