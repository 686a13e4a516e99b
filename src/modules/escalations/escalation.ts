import type { Lifecycle } from '#core/lifecycle.ts'

/** DOMAIN §2.3.9. */
export const escalationStates = [
  'raised',
  'acknowledged',
  'plan-agreed',
  'in-execution',
  'outcome-reached',
  'confirmed',
  'withdrawn',
] as const
export type EscalationState = (typeof escalationStates)[number]

export const escalationLifecycle: Lifecycle<EscalationState, string> = {
  raised: { acknowledge: 'acknowledged', withdraw: 'withdrawn' },
  acknowledged: { agree: 'plan-agreed', withdraw: 'withdrawn' },
  'plan-agreed': { execute: 'in-execution', reach: 'outcome-reached', withdraw: 'withdrawn' },
  'in-execution': { reach: 'outcome-reached', withdraw: 'withdrawn' },
  // Whoever raised it may say that it is not what was agreed.
  'outcome-reached': { confirm: 'confirmed', return: 'in-execution' },
  confirmed: {},
  withdrawn: {},
}

/** States in which somebody still owes something. */
export const openEscalationStates: readonly EscalationState[] = [
  'raised',
  'acknowledged',
  'plan-agreed',
  'in-execution',
  'outcome-reached',
]

export const sources = ['customer', 'user', 'internal', 'supplier', 'auto'] as const
export const directions = ['inbound', 'to-management', 'to-supplier'] as const
/** More knowledge, or more authority. */
export const kinds = ['functional', 'hierarchic'] as const

/** What a rule looks at; the threshold is in percent of a target, times, times, days. */
export const triggers = ['share', 'reopened', 'handed-over', 'age'] as const
export type Trigger = (typeof triggers)[number]

/** What is known of an incident when its rules are considered. */
export interface Considered {
  readonly priority: string
  readonly isOpen: boolean
  /** The largest share of any target that was used up, in percent. */
  readonly share: number
  readonly reopened: number
  readonly handedOver: number
  /** Since it was logged. */
  readonly ageDays: number
}

export interface Rule {
  readonly trigger: Trigger
  readonly threshold: number
  /** None: of any priority. */
  readonly priorities: readonly string[]
}

/** Whether a rule speaks: only of what is open, and from its threshold on. */
export function speaks({ trigger, threshold, priorities }: Rule, incident: Considered): boolean {
  if (!incident.isOpen || (priorities.length > 0 && !priorities.includes(incident.priority))) return false
  const reached: Readonly<Record<Trigger, number>> = {
    share: incident.share,
    reopened: incident.reopened,
    'handed-over': incident.handedOver,
    age: incident.ageDays,
  }
  return reached[trigger] >= threshold
}
