import type { Lifecycle } from '#core/lifecycle.ts'

export const changeStates = [
  'requested',
  'impact-assessment',
  'offered',
  'negotiation',
  'approved',
  'signed',
  'implemented',
  'closed',
  'rejected',
  'lapsed',
] as const
export type ChangeState = (typeof changeStates)[number]

/** DOMAIN §2.5.6. Signed by a step of its own, which produces what then holds. */
export const changeLifecycle: Lifecycle<ChangeState, string> = {
  requested: { assess: 'impact-assessment', reject: 'rejected' },
  'impact-assessment': { offer: 'offered', reject: 'rejected' },
  offered: { negotiate: 'negotiation', approve: 'approved', reject: 'rejected', lapse: 'lapsed' },
  negotiation: { offer: 'offered', approve: 'approved', reject: 'rejected', lapse: 'lapsed' },
  approved: { sign: 'signed', lapse: 'lapsed' },
  signed: { implement: 'implemented' },
  implemented: { close: 'closed' },
  closed: {},
  rejected: {},
  lapsed: {},
}
