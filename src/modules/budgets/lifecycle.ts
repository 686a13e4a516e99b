import type { Lifecycle } from '#core/lifecycle.ts'

export const appropriationStates = [
  'draft',
  'review',
  'submitted',
  'approved',
  'open',
  'committed',
  'capitalised',
  'closed',
  'post-reviewed',
  'rejected',
  'supplement-required',
] as const
export type AppropriationState = (typeof appropriationStates)[number]

/** DOMAIN §2.5.11. Approving and putting in service are steps of their own; a supplement is decided as the first amount was. */
export const appropriationLifecycle: Lifecycle<AppropriationState, string> = {
  draft: { ask: 'review' },
  review: { submit: 'submitted', send: 'draft' },
  submitted: { approve: 'approved', reject: 'rejected' },
  approved: { open: 'open' },
  open: { commit: 'committed', exceed: 'supplement-required' },
  committed: { capitalise: 'capitalised', exceed: 'supplement-required' },
  'supplement-required': { submit: 'submitted' },
  capitalised: { close: 'closed' },
  closed: { review: 'post-reviewed' },
  'post-reviewed': {},
  rejected: {},
}
