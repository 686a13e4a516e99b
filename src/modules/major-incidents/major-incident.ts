import type { Lifecycle } from '#core/lifecycle.ts'

export const majorIncidentStates = [
  'candidate',
  'declared',
  'investigating',
  'mitigated',
  'restored',
  'monitoring',
  'stood-down',
  'review-open',
  'review-done',
  'dismissed',
] as const
export type MajorIncidentState = (typeof majorIncidentStates)[number]

/** DOMAIN §2.3.3. Each step is named by the state it leads to. */
export const majorIncidentLifecycle: Lifecycle<MajorIncidentState, string> = {
  candidate: { declare: 'declared', dismiss: 'dismissed' },
  declared: { investigate: 'investigating' },
  investigating: { mitigate: 'mitigated' },
  mitigated: { restore: 'restored' },
  restored: { monitor: 'monitoring' },
  monitoring: { 'stand-down': 'stood-down' },
  'stood-down': { review: 'review-open' },
  'review-open': { finish: 'review-done' },
  'review-done': {},
  dismissed: {},
}

/** Somebody still owes updates: it is decided, and not over. */
export const currentStates: readonly MajorIncidentState[] = [
  'declared',
  'investigating',
  'mitigated',
  'restored',
  'monitoring',
]

/** Something is still to be done, be it only the review. */
export const openStates: readonly MajorIncidentState[] = ['candidate', ...currentStates, 'stood-down', 'review-open']

/** Why an incident is a major one. */
export const criteria = ['many-users', 'standstill', 'many-places', 'regulatory', 'executive', 'other'] as const
export type Criterion = (typeof criteria)[number]

/** Whom an update is for. */
export const audiences = ['leaders', 'customer', 'users', 'technicians'] as const
export type UpdateAudience = (typeof audiences)[number]

/** Those of them who belong to the customer: what they are told is public. */
export const publicAudiences = ['customer', 'users'] as const satisfies readonly UpdateAudience[]

/** The first word to leaders is due so long after the decision (DOMAIN §4.3). */
export const FLASH_MINUTES = 30

export const actionKinds = ['preventive', 'detective', 'corrective', 'process'] as const
